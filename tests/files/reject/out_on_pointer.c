// ERROR: 7:10: error: Enzyme: `enzyme_out` on argument 0 of `f`, of type ptr: only floating-point values are active by value [RZ0009]
// TEXT: help: use `enzyme_dup` and pass a pointer to the shadow
extern int enzyme_out;
double f(double *x) { return *x * *x; }
double __enzyme_autodiff(void *, ...);
double g(double *x) {
  return __enzyme_autodiff((void *)f, enzyme_out, x);
}
