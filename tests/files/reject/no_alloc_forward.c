// ERROR: 6:10: error: Enzyme: `ribozyme_no_alloc` in a call of __enzyme_fwddiff [RZ0009]
extern int ribozyme_no_alloc;
double f(double x) { return x * x; }
double __enzyme_fwddiff(void *, ...);
double g(double x) {
  return __enzyme_fwddiff((void *)f, ribozyme_no_alloc, x, 1.0);
}
