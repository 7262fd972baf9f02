// FLAGS: -mllvm -ribozyme-strict
// ERROR: 5:25: error: Enzyme: a derivative is lost in the global variable gg, which counts as inactive [RZ0028]
// LEVELS: 2
double gg;
double f(double x) { gg = x; return gg * x; }
double __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, x);
}
