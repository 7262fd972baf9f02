// ERROR: 7:10: error: Enzyme: `enzyme_primal_return` on `f`, whose result is duplicated: a combined gradient cannot return a pointer together with its shadow [RZ0009]
// TEXT: help: add `enzyme_const_return`
extern int enzyme_primal_return;
double *f(double *x) { *x *= *x; return x; }
double *__enzyme_autodiff(void *, ...);
double *g(double *x, double *d) {
  return __enzyme_autodiff((void *)f, enzyme_primal_return, x, d);
}
