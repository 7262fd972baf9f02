// f(dup, const, const) -> active
// The tape is the state before each step, which is restored to run the step again. Its last loop, which makes the
// next state, is not needed then, so the state stays for the reverse of the first loop.
#include <stdlib.h>
#include <string.h>
double f(const double *start, int n, int steps) {
  double *x = malloc(n * sizeof(double)), *k = malloc(n * sizeof(double)), sum = 0;
  memcpy(x, start, n * sizeof(double));
  for (int t = 0; t < steps; t++) {
    for (int i = 0; i < n; i++)
      k[i] = x[i] * x[n - 1 - i];
    for (int i = 0; i < n; i++)
      x[i] += 0.1 * k[i] * k[n - 1 - i] * x[i];
  }
  for (int i = 0; i < n; i++)
    sum += x[i] * x[i];
  free(k);
  free(x);
  return sum;
}
