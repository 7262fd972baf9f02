// ERROR: 7:10: error: Enzyme: unknown marker `enzyme_dup_` in a call of __enzyme_autodiff [RZ0008]
// TEXT: help: did you mean `enzyme_dup`?
extern int enzyme_dup_;
double f(double *x) { return *x * *x; }
double __enzyme_autodiff(void *, ...);
double g(double *x, double *d) {
  return __enzyme_autodiff((void *)f, enzyme_dup_, x, d);
}
