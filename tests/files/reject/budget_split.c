// ERROR: 8:10: error: Enzyme: `ribozyme_tape_budget` in a call of __enzyme_augmentfwd [RZ0009]
// TEXT: note: the tape of a gradient in two halves leaves the first one, which keeps all of it
// TEXT: help: remove the marker, or ask for __enzyme_autodiff
extern int ribozyme_tape_budget;
double f(double x) { return x * x; }
void *__enzyme_augmentfwd(void *, ...);
void *g(double x) {
  return __enzyme_augmentfwd((void *)f, ribozyme_tape_budget, 8, x);
}
