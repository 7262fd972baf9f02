// ERROR: 13:3: error: Enzyme: the stride after `enzyme_dupv` must be an integer, found `double` [RZ0009]
// TEXT: help: write `enzyme_dupv, stride`: the distance in bytes
// ERROR: 16:3: error: Enzyme: the stride after `enzyme_dupv` is missing [RZ0009]
// ERROR: 19:3: error: Enzyme: the stride after `enzyme_dupnoneedv` must be an integer, found `ptr` [RZ0009]
// ERROR: 22:3: error: Enzyme: the shadows of argument 0 of `f` have a stride but no address: found `double` [RZ0006]
// TEXT: help: pass a pointer to the first shadow, or use `enzyme_dup` and one shadow for each direction
// ERROR: 25:3: error: Enzyme: cannot cast shadow of argument 0 of `v` from ptr to double [RZ0006]
// ERROR: 28:3: error: Enzyme: too many arguments for `f`, which takes 1: `ptr` is extra [RZ0004]
void f(double *x) { *x *= *x; }
double v(double x) { return x * x; }
extern int enzyme_width, enzyme_dupv, enzyme_dupnoneedv; void __enzyme_autodiff(void *, ...); void __enzyme_fwddiff(void *, ...);
void float_stride(double *x, double *d, double stride) {
  __enzyme_autodiff((void *)f, enzyme_width, 2, enzyme_dupv, stride, x, d);
}
void no_stride(double *x, double *d) {
  __enzyme_autodiff((void *)f, x, d, enzyme_width, 2, enzyme_dupv);
}
void pointer_stride(double *x, double *d) {
  __enzyme_autodiff((void *)f, enzyme_width, 2, enzyme_dupnoneedv, d, x, d);
}
void float_shadow(double *x, double d) {
  __enzyme_autodiff((void *)f, enzyme_width, 2, enzyme_dupv, 8, x, d);
}
void value(double x, double *d) {
  __enzyme_fwddiff((void *)v, enzyme_width, 2, enzyme_dupv, 8, x, d);
}
void two_pointers(double *x, double *d) {
  __enzyme_autodiff((void *)f, enzyme_width, 2, enzyme_dupv, 8, x, d, d);
}
