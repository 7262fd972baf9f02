// A pointer read from a variable that anyone may change has no shadow.
// ERROR: 10:10: error: Enzyme: an active call of a function pointer that comes without a shadow [RZ0019]
// ERROR: 13:16: error: Enzyme: an active call of a function pointer that comes without a shadow [RZ0019]
double square(double t) { return t * t; }
double cube(double t) { return t * t * t; }
static double (*op)(double) = square;
void choose(int k) { op = k ? cube : square; }
static __attribute__((noinline)) double apply(double (*g)(double), double t) { return g(t); }
double f(double x) {
  return op(x) * x;
}
double h(double x) {
  return apply(op, x) * x;
}
double __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, x) + __enzyme_autodiff((void *)h, x);
}
