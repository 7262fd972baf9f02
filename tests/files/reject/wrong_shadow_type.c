// ERROR: 6:10: error: Enzyme: cannot cast shadow of argument 0 of `f` from i64 to ptr [RZ0006]
// TEXT: help: pass an address
double f(double *x) { return *x * *x; }
double __enzyme_autodiff(void *, ...);
double g(double *x, long d) {
  return __enzyme_autodiff((void *)f, x, d);
}
