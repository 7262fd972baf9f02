// ERROR: 8:10: error: Enzyme: missing shadow 2 of 2 for argument 0 of `f`, of type double [RZ0005]
// TEXT: help: pass one shadow for each direction right after it, or put `enzyme_const` before it
// ERROR: 11:3: error: Enzyme: missing shadow 3 of 3 for argument 0 of `s`, of type ptr [RZ0005]
double f(double x) { return x * x; }
void s(double *x) { *x *= *x; }
extern int enzyme_width; double __enzyme_fwddiff(void *, ...); void __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_fwddiff((void *)f, enzyme_width, 2, x, x);
}
void h(double *x, double *d) {
  __enzyme_autodiff((void *)s, enzyme_width, 3, x, d, d);
}
