// ERROR: 8:10: error: Enzyme: too few arguments: the last marker of __enzyme_autodiff is not followed by an argument [RZ0003]
// TEXT: note: all 1 parameters of `f` have their arguments already
// TEXT: help: remove the marker
extern int enzyme_out;
double f(double x) { return x * x; }
double __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, x, enzyme_out);
}
