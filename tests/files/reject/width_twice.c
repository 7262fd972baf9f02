// ERROR: 6:10: error: Enzyme: `enzyme_width` is given twice [RZ0009]
extern int enzyme_width;
double f(double x) { return x * x; }
double __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, enzyme_width, 1, enzyme_width, 1, x);
}
