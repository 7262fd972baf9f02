// f(dup, const, const) -> active
// Of the neighbours on the ring all were written in the same step, so the state is x alone. Of w an element behind is
// read as well, which is from the step before.
#include <stdlib.h>
#include <string.h>
double f(const double *start, long n, long steps) {
  double *x = malloc(n * sizeof(double)), *y = malloc(n * sizeof(double)), sum = 0;
  double *w = malloc((n + 1) * sizeof(double));
  memcpy(x, start, n * sizeof(double));
  w[n] = 1;
  for (long t = 0; t < steps; t++) {
    for (long i = 0; i < n; i++) {
      y[i] = x[i] * x[n - 1 - i];
      w[i] = x[i] * y[i];
    }
    for (long i = 0; i < n; i++) {
      long last = i == 0 ? n - 1 : i - 1, before = last == 0 ? n - 1 : last - 1;
      long next = i == n - 2 ? 0 : i + 1;
      x[i] += 0.1 * y[last] * y[before] * w[next];
    }
    w[n] = x[0];
  }
  for (long i = 0; i < n; i++)
    sum += x[i] * x[i];
  free(w);
  free(y);
  free(x);
  return sum;
}
