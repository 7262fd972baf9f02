// ERROR: 6:10: error: Enzyme: the number of bytes after `ribozyme_tape_budget` is missing [RZ0009]
extern int ribozyme_tape_budget;
double f(double x) { return x * x; }
double __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, x, ribozyme_tape_budget);
}
