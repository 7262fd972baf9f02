// LEVELS: 0,1,2,3
// ERROR: error: Enzyme: the bits of an active float are converted as an integer [RZ0015]
// Nothing else says what the memory holds: the word may be a count, or the logarithm of a number.
static double fast(const double *x) {
  long bits;
  __builtin_memcpy(&bits, x, 8);
  return (double)bits * 0x1p-52 - 1023;
}
double f(double *x) {
  double s = 0;
  for (int i = 0; i < 4; i++)
    s += fast(x + i) * (i + 1);
  return s;
}
void __enzyme_autodiff(void *, double *, double *);
void g(double *x, double *d) {
  __enzyme_autodiff((void *)f, x, d);
}
