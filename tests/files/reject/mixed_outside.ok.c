extern int enzyme_const;
struct view {
  double *data;
};
double f(double *a, double *b, int c) {
  struct view v = {c ? a : b};
  return v.data[c] * v.data[0];
}
void __enzyme_autodiff(void *, ...);
void g(double *a, double *da, double *b, int c) {
  __enzyme_autodiff((void *)f, a, da, enzyme_const, b, c);
}
