// ERROR: 6:10: error: Enzyme: missing shadow for argument 0 of `f`, of type ptr [RZ0005]
// TEXT: help: pass its shadow right after it, or put `enzyme_const` before it
double f(double *x) { return *x * *x; }
double __enzyme_autodiff(void *, ...);
double g(double *x) {
  return __enzyme_autodiff((void *)f, x);
}
