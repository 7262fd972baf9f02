// ERROR: 7:10: error: Enzyme: `ribozyme_tape_budget` is given twice [RZ0009]
// TEXT: help: write `ribozyme_tape_budget, BYTES` once, with an integer constant BYTES
extern int ribozyme_tape_budget;
double f(double x) { return x * x; }
double __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, ribozyme_tape_budget, 8, ribozyme_tape_budget, 8, x);
}
