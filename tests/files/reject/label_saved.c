// LEVELS: 0,1,2,3
// ERROR: 27:17: error: Enzyme: `next` uses computed gotos over labels that are kept in memory [RZ0020]
// Where the function goes on was decided when it was called before.
double __enzyme_autodiff(void *, ...);

static double next(double x) {
  static const void *resume;
  static double scale;
  if (!resume) {
    resume = &&first;
    scale = 2;
  }
  goto *resume;
first:
  resume = &&second;
  return x * scale;
second:
  resume = &&first;
  return x * x;
}

double f(double x) {
  return next(x) + next(x);
}

double g(double x) {
  return f(x) + __enzyme_autodiff((void *)f, x);
}
