// ERROR: 7:10: error: Enzyme: the width must be a constant, found
// TEXT: [RZ0009]
extern int enzyme_width;
double f(double x) { return x * x; }
double __enzyme_autodiff(void *, ...);
double g(double x, int w) {
  return __enzyme_autodiff((void *)f, enzyme_width, w, x);
}
