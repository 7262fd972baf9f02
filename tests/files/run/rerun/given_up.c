// The state's memory is released before the result is formed.
//! ret REAL
//! dup REAL start[4] = fill(0.2, 0.9)
//! const int n = 4
//! const int steps = 4
#include "case.h"
#include <stdlib.h>
REAL f(const REAL *start, int n, int steps) {
  REAL *x = (REAL *)malloc(n * sizeof(REAL)), s = 0;
  int *order = (int *)malloc(n * sizeof(int));
  REAL *k = (REAL *)malloc(n * sizeof(REAL));
  for (int i = 0; i < n; i++) {
    x[i] = start[i];
    order[i] = i;
  }
  for (int t = 0; t < steps; t++) {
    for (int i = 0; i < n; i++)
      k[i] = x[order[i]] * x[n - 1 - i];
    for (int i = 0; i < n; i++)
      x[i] += 0.2 * k[i] * k[order[n - 1 - i]] * x[i];
    int first = order[0];
    for (int i = 0; i + 1 < n; i++)
      order[i] = order[i + 1];
    order[n - 1] = first;
  }
  for (int i = 0; i < n; i++)
    s += x[order[i]] * x[i] * (i + 1);
  free(x);
  free(order);
  free(k);
  REAL *other = (REAL *)malloc(n * sizeof(REAL));
  for (int i = 0; i < n; i++)
    other[i] = s * start[i];
  for (int i = 0; i < n; i++)
    s += other[i] * other[n - 1 - i];
  free(other);
  return s;
}
