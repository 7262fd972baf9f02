// FLAGS: -fno-strict-aliasing
// LEVELS: 0,1,2,3
// ERROR: error: Enzyme: the bits of an active float are converted as an integer [RZ0015]
// ERROR: error: Enzyme: a conversion of an integer changes the bits of an active float [RZ0015]
// Nothing but the access says what the memory holds, and the host loads the integer right away.
__attribute__((noinline)) static double fast(double x) {
  long bits;
  __builtin_memcpy(&bits, &x, 8);
  return (double)bits * 0x1p-52 - 1023;
}
double f(double *x) {
  double s = 0;
  for (int i = 0; i < 4; i++)
    s += fast(x[i]) * (i + 1);
  return s;
}
void __enzyme_autodiff(void *, double *, double *);
double __enzyme_fwddiff(void *, double *, double *);
double g(double *x, double *d) {
  __enzyme_autodiff((void *)f, x, d);
  return __enzyme_fwddiff((void *)f, x, d);
}
