// LEVELS: 0,1,2,3
// ERROR: error: Enzyme: the bits of an active float are converted as an integer [RZ0015]
// The fraction of a number as some libraries take it: bits of the word are cut out before they are converted.
static double fraction(const double *x) {
  long bits;
  __builtin_memcpy(&bits, x, 8);
  bits &= (1L << 52) - 1;
  return (double)bits * 0x1p-52;
}
double f(double *x) {
  double s = 0;
  for (int i = 0; i < 4; i++)
    s += fraction(x + i) * (i + 1);
  return s;
}
void __enzyme_autodiff(void *, double *, double *);
void g(double *x, double *d) {
  __enzyme_autodiff((void *)f, x, d);
}
