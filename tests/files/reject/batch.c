// ERROR: 18:10: error: Enzyme: too few arguments for `f`: 2 required, 1 found [RZ0003]
// ERROR: 21:10: error: Enzyme: too few arguments for `f`: argument 1 needs 2 values, 1 found [RZ0003]
// TEXT: help: pass one value for each input, or `enzyme_scalar` and one value for all
// ERROR: 24:10: error: Enzyme: too many arguments for `f`, which takes 2: `double` is extra [RZ0004]
// ERROR: 27:10: error: Enzyme: `enzyme_dup` has no meaning in __enzyme_batch, which differentiates nothing [RZ0009]
// TEXT: help: use `enzyme_vector`, `enzyme_scalar` or `enzyme_buffer`
// ERROR: 30:10: error: Enzyme: the stride after `enzyme_buffer` must be an integer, found `double` [RZ0009]
// ERROR: 33:10: error: Enzyme: argument 0 of `f` is marked `enzyme_buffer` but is no address: found `double` [RZ0006]
// ERROR: 36:10: error: Enzyme: cannot cast argument 0 of `f` from ptr to double [RZ0006]
// ERROR: 39:10: error: Enzyme: too few arguments: the last marker of __enzyme_batch is not followed by an argument [RZ0003]
// ERROR: 42:10: error: Enzyme: unknown marker `enzyme_scalars` in a call of __enzyme_batch [RZ0008]
// TEXT: help: did you mean `enzyme_scalar`?
// ERROR: 45:10: error: Enzyme: the body of `far` is not available
double f(double x, double y) { return x * y; }
extern int enzyme_width, enzyme_dup, enzyme_buffer, enzyme_scalar, enzyme_scalars; double __enzyme_batch(void *, ...);
double far(double x, double y);
double too_few(double x) {
  return __enzyme_batch((void *)f, enzyme_width, 1, x);
}
double one_missing(double x) {
  return __enzyme_batch((void *)f, enzyme_width, 2, x, x, x);
}
double too_many(double x) {
  return __enzyme_batch((void *)f, enzyme_width, 2, x, x, x, x, x);
}
double foreign(double x) {
  return __enzyme_batch((void *)f, enzyme_width, 2, enzyme_dup, x, x, x, x);
}
double stride(double x) {
  return __enzyme_batch((void *)f, enzyme_width, 2, enzyme_buffer, x, x, x, x);
}
double value(double x) {
  return __enzyme_batch((void *)f, enzyme_width, 2, enzyme_buffer, 8, x, x, x);
}
double pointer(double x, double *p) {
  return __enzyme_batch((void *)f, enzyme_width, 2, enzyme_buffer, 8, p, x, x);
}
double last(double x) {
  return __enzyme_batch((void *)f, enzyme_width, 2, x, x, x, x, enzyme_scalar);
}
double unknown(double x) {
  return __enzyme_batch((void *)f, enzyme_width, 2, x, x, enzyme_scalars, x);
}
double body(double x) {
  return __enzyme_batch((void *)far, enzyme_width, 2, x, x, x, x);
}
