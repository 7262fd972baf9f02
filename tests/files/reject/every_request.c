// ERROR: 9:14: error: Enzyme: too few arguments for `f`: 1 required, 0 found [RZ0003]
// ERROR: 10:14: error: Enzyme: __enzyme_trace is not supported yet [RZ0010]
// TEXT: help: use __enzyme_autodiff or __enzyme_fwddiff
// ERROR: 11:14: error: Enzyme: too many arguments for `f`, which takes 1:
double f(double x) { return x * x; }
double __enzyme_autodiff(void *, ...);
double __enzyme_trace(void *, ...);
double g(double x) {
  double a = __enzyme_autodiff((void *)f);
  double b = __enzyme_trace((void *)f, x);
  double c = __enzyme_autodiff((void *)f, x, x);
  return a + b + c;
}
