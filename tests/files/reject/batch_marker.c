// ERROR: 6:10: error: Enzyme: `enzyme_vector` has a meaning only in __enzyme_batch [RZ0009]
extern int enzyme_vector;
double f(double x) { return x * x; }
double __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, enzyme_vector, x);
}
