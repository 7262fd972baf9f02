// ERROR: 7:10: error: Enzyme: `enzyme_width, 2` is not supported yet by __enzyme_autodiff [RZ0010]
// TEXT: help: make one request for each direction
extern int enzyme_width;
double f(double x) { return x * x; }
double __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, enzyme_width, 2, x);
}
