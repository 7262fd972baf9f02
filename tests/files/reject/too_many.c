// ERROR: 7:10: error: Enzyme: too many arguments for `f`, which takes 1: `double 1.000000e+00` is extra [RZ0004]
// TEXT: note: it is operand 2 of __enzyme_autodiff
// TEXT: help: remove it
double f(double x) { return x * x; }
double __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, x, 1.0);
}
