// ERROR: 6:10: error: Enzyme: `f` takes a variable number of arguments [RZ0017]
// TEXT: help: differentiate a function with a fixed parameter list that calls it
double f(double x, ...) { return x * x; }
double __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, x);
}
