// ERROR: 7:10: error: Enzyme: the tape budget must be an integer constant, found
// TEXT: [RZ0009]
extern int ribozyme_tape_budget;
double f(double x) { return x * x; }
double __enzyme_autodiff(void *, ...);
double g(double x, long bytes) {
  return __enzyme_autodiff((void *)f, ribozyme_tape_budget, bytes, x);
}
