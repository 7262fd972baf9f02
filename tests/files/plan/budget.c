// f(dup, const, const) -> active, budget 100000
// There is room for some of the states: the plan is to save these and to run the steps in between again.
#include <stdlib.h>
#include <string.h>
double f(const double *start, int n, int steps) {
  double *x = malloc(n * sizeof(double)), *k = malloc(n * sizeof(double)), last = 1, sum = 0;
  memcpy(x, start, n * sizeof(double));
  for (int t = 0; t < steps; t++) {
    for (int i = 0; i < n; i++)
      k[i] = x[i] * x[n - 1 - i] * last;
    for (int i = 0; i < n; i++)
      x[i] += 0.1 * k[i] * k[n - 1 - i] * x[i];
    last = x[0] * last;
  }
  for (int i = 0; i < n; i++)
    sum += x[i] * x[i];
  free(k);
  free(x);
  return sum;
}
