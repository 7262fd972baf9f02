// LEVELS: 0,1,2,3
// ERROR: 19:10: error: Enzyme: `f` uses computed gotos over labels that are kept in memory [RZ0020]
// The address of a label leaves the function as the second summand of an integer.
double __enzyme_autodiff(void *, ...);

long last;

double f(double x, long k) {
  static const void *const table[] = {&&one, &&two};
  last = k * 16 + (long)&&two;
  goto *table[k & 1];
one:
  x *= x;
two:
  return x * 3;
}

double g(double x) {
  return __enzyme_autodiff((void *)f, x, 1l);
}
