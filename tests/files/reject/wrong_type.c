// ERROR: 6:10: error: Enzyme: cannot cast argument 1 of `f` from double to i32 [RZ0006]
// TEXT: help: pass a value of type i32
double f(double *x, int n) { return *x * n; }
double __enzyme_autodiff(void *, ...);
double g(double *x, double *d) {
  return __enzyme_autodiff((void *)f, x, d, 3.0);
}
