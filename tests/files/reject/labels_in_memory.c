// LEVELS: 0,1,2,3
// ERROR: 24:10: error: Enzyme: `f` uses computed gotos over labels that are kept in memory [RZ0020]
// What the array holds may have been written when the function was called itself. The host must not conclude that the
// jump leads nowhere.
double __enzyme_autodiff(void *, ...);

static const void *where[3];
extern const int order[3];

double f(double x, int k) {
  where[order[0]] = &&one;
  where[order[1]] = &&two;
  where[order[2]] = &&three;
  goto *where[k];
one:
  x *= x;
two:
  x += 1;
three:
  return x;
}

double g(double x) {
  return __enzyme_autodiff((void *)f, x, 1);
}
