// ERROR: 6:10: error: Enzyme: too few arguments for `f`: 2 required, 1 found [RZ0003]
// TEXT: help: `f` takes (double, double)
double f(double x, double y) { return x * y; }
double __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, x);
}
