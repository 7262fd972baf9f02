// ERROR: 7:3: error: Enzyme: `enzyme_primal_return` on `f`, which returns nothing [RZ0009]
// TEXT: help: remove the marker
extern int enzyme_primal_return;
void f(double *x) { *x *= *x; }
void __enzyme_autodiff(void *, ...);
void g(double *x, double *d) {
  __enzyme_autodiff((void *)f, enzyme_primal_return, x, d);
}
