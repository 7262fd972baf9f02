// ERROR: 7:10: error: Enzyme: `enzyme_out` on argument 0 of `f` in forward mode [RZ0009]
// TEXT: help: use `enzyme_dup` and pass the tangent, or `enzyme_const`
extern int enzyme_out;
double f(double x) { return x * x; }
double __enzyme_fwddiff(void *, ...);
double g(double x) {
  return __enzyme_fwddiff((void *)f, enzyme_out, x);
}
