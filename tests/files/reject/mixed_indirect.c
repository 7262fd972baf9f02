// ERROR: 5:14: error: Enzyme: a pointer that may point to inactive memory is given to a function called through a pointer [RZ0027]
extern int enzyme_const;
typedef double (*part)(const double *);
double f(part h, double *a, double *b, int c) {
  double r = h(c ? a : b);
  return r * r;
}
void __enzyme_autodiff(void *, ...);
void g(part h, part dh, double *a, double *da, double *b, int c) {
  __enzyme_autodiff((void *)f, h, dh, a, da, enzyme_const, b, c);
}
