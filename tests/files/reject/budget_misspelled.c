// ERROR: 7:10: error: Enzyme: unknown marker `ribozyme_tape_budge` in a call of __enzyme_autodiff [RZ0008]
// TEXT: help: did you mean `ribozyme_tape_budget`?
extern int ribozyme_tape_budge;
double f(double x) { return x * x; }
double __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, ribozyme_tape_budge, 8, x);
}
