// ERROR: 7:10: error: Enzyme: the width after `enzyme_width` is missing [RZ0009]
// TEXT: help: write `enzyme_width, W` once, with a positive integer constant W
extern int enzyme_width;
double f(double x) { return x * x; }
double __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, x, enzyme_width);
}
