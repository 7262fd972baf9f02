// ERROR: 5:10: error: Enzyme: missing shadow for argument 0 of `f`, of type double [RZ0005]
double f(double x) { return x * x; }
double __enzyme_fwddiff(void *, ...);
double g(double x) {
  return __enzyme_fwddiff((void *)f, x);
}
