// A callback may do anything, so the loop is run once and has its whole tape.
// WARNING: 11:3: warning: Enzyme: the tape of a loop of `f` may exceed the budget [RZ0031]
// TEXT: note: the loop cannot be checkpointed: it calls a function that may not run twice, or has a tape of its own
// TEXT: budget_not_kept.ok.c:14
#include <math.h>
#include <stdio.h>
extern int ribozyme_tape_budget, enzyme_const;
double f(double x, int steps) {
  // The error of each step is shown.
#line 11
  for (int t = 0; t < steps; t++) {
    double y = sin(x) * x;
    x = x - 0.1 * y * exp(x);
    printf("%g", y);
  }
  return x;
}
double __enzyme_autodiff(void *, ...);
double g(double x, int steps) {
  return __enzyme_autodiff((void *)f, ribozyme_tape_budget, 100, x, steps);
}
