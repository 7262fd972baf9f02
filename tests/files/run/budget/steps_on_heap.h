// Steps of a system whose state lives on the heap.
#include <stdlib.h>
#include <string.h>
REAL f(const REAL *start, int n, int steps) {
  REAL *x = (REAL *)malloc(n * sizeof(REAL)), *k = (REAL *)malloc(n * sizeof(REAL));
  memcpy(x, start, n * sizeof(REAL));
  for (int t = 0; t < steps; t++) {
    for (int i = 0; i < n; i++)
      k[i] = x[i] * x[n - 1 - i];
    for (int i = 0; i < n; i++)
      x[i] += 0.1 * k[i] * k[n - 1 - i] * x[i] - 0.2 * x[i] * x[i];
  }
  REAL s = 0;
  for (int i = 0; i < n; i++)
    s += x[i] * x[i];
  free(k);
  free(x);
  return s;
}
