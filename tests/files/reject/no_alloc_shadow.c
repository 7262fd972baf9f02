// ERROR: 9:30: error: Enzyme: the gradient of `f` would allocate memory [RZ0032]
// TEXT: note: allocated together with a shadow:
// TEXT: help: let the caller provide the memory and its shadow
#include <stdlib.h>
extern int ribozyme_no_alloc, enzyme_const;
void __enzyme_autodiff(void *, ...);
double f(const double *x, int n) {
  double sum = 0;
  double *square = (double *)malloc(n * sizeof(double));
  for (int i = 0; i < n; i++)
    square[i] = x[i] * x[i];
  for (int i = 0; i < n; i++)
    sum += square[i] * square[n - 1 - i];
  free(square);
  return sum;
}
void g(double *x, double *dx, int n) {
  __enzyme_autodiff((void *)f, ribozyme_no_alloc, x, dx, enzyme_const, n);
}
