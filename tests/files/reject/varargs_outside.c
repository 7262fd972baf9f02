// ERROR: 8:29: error: Enzyme: no derivative for a call of sum: it has neither a body here nor a rule [RZ0011]
// TEXT: help: make the body of sum available
// ERROR: 8:29: error: Enzyme: the function sum is active, but has neither a body nor a rule [RZ0011]
// TEXT: help: make its body available
// ERROR: 8:29: error: Enzyme: no derivative for a call of sum: it has neither a body here nor a rule [RZ0011]
// Each mode words it for itself.
double sum(int n, ...);
double f(double x) { return sum(2, x, x * x); }
double __enzyme_autodiff(void *, ...), __enzyme_fwddiff(void *, ...);
struct { void *t; double r; } __enzyme_augmentfwd(void *, ...);
double g(double x) { return __enzyme_autodiff((void *)f, x); }
double h(double x) { return __enzyme_fwddiff((void *)f, x, 1.0); }
double i(double x) { return __enzyme_augmentfwd((void *)f, x).r; }
