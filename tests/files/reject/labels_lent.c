// LEVELS: 0,1,2,3
// ERROR: 31:10: error: Enzyme: `f` uses computed gotos over labels that are kept in memory [RZ0020]
// Another function is given an array of labels, and keeps one where the next call finds it.
double __enzyme_autodiff(void *, ...);

static const void *kept;

__attribute__((noinline)) static void keep(const void **labels, int k) {
  kept = labels[k];
}

double f(double x, int k) {
  const void *labels[2];
  labels[0] = &&one;
  labels[1] = &&two;
  keep(labels, k);
  static const void *const table[] = {&&one, &&two};
  goto *table[k & 1];
one:
  x *= x;
two:
  return x * 3;
}

const void *again(void) {
  return kept;
}

double g(double x) {
  f(x, 0);
  return __enzyme_autodiff((void *)f, x, 1);
}
