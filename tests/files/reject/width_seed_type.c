// ERROR: 6:10: error: Enzyme: cannot cast shadow of argument 0 of `f` from ptr to double [RZ0006]
extern int enzyme_width;
double f(double x) { return x * x; }
double __enzyme_fwddiff(void *, ...);
double g(double x, double *d) {
  return __enzyme_fwddiff((void *)f, enzyme_width, 2, x, 1.0, d);
}
