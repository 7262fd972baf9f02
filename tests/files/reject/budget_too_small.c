// ERROR: error: Enzyme: the tape of `f` does not fit a budget of 100 bytes [RZ0031]
// TEXT: help: allow at least 448 bytes
#include <math.h>
extern int ribozyme_tape_budget, enzyme_const;
double f(const double *start, int steps) {
  double x[9];
  for (int i = 0; i < 9; i++)
    x[i] = start[i];
  for (int t = 0; t < steps; t++) {
    double k[9];
    for (int i = 0; i < 9; i++)
      k[i] = sin(x[(i + 1) % 9]) * x[i];
    for (int i = 0; i < 9; i++)
      x[i] += 0.05 * k[i] * k[(i + 2) % 9];
  }
  return x[0] * x[1] + x[2];
}
void __enzyme_autodiff(void *, ...);
void g(double *x, double *dx, int steps) {
  __enzyme_autodiff((void *)f, ribozyme_tape_budget, 100, x, dx, enzyme_const, steps);
}
