// ERROR: 8:10: error: Enzyme: the width must be at least 1, found 0 [RZ0009]
// ERROR: 11:10: error: Enzyme: the width must be at most 1024, found 5000 [RZ0009]
// TEXT: help: write `enzyme_width, W` once, with a positive integer constant W
extern int enzyme_width;
double f(double x) { return x * x; }
double __enzyme_autodiff(void *, ...);
double none(double x) {
  return __enzyme_autodiff((void *)f, enzyme_width, 0, x);
}
double many(double x) {
  return __enzyme_autodiff((void *)f, enzyme_width, 5000, x);
}
