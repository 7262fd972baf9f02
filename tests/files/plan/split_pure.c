// f(out) -> active
// The callee needs nothing but its argument: it has no tape.
__attribute__((noinline)) static double cube(double x) { return x * x * x; }
double f(double x) { return cube(x) * cube(2 * x); }
