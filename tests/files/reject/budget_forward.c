// ERROR: 8:10: error: Enzyme: `ribozyme_tape_budget` in a call of __enzyme_fwddiff [RZ0009]
// TEXT: note: forward mode has no tape
// TEXT: help: remove the marker, or ask for __enzyme_autodiff
extern int ribozyme_tape_budget;
double f(double x) { return x * x; }
double __enzyme_fwddiff(void *, ...);
double g(double x) {
  return __enzyme_fwddiff((void *)f, ribozyme_tape_budget, 8, x, 1.0);
}
