// Neighbours on a ring and behind clamped ends, of scratch memory that each step writes before: it is no state.
//! ret REAL
//! dup REAL start[7] = fill(-0.9, 0.9)
//! const int n = 7
//! const int steps = 5
#include "case.h"
#include <stdlib.h>
#include <string.h>
static void slope(long n, const REAL *restrict x, REAL *restrict y) {
  for (long i = 0; i < n; i++) {
    long next = i == n - 1 ? 0 : i + 1, last = i == 0 ? n - 1 : i - 1;
    long before = last == 0 ? n - 1 : last - 1;
    y[i] = (x[next] - x[before]) * x[last] - x[i] + 0.3;
  }
}
static void spread(long n, const REAL *restrict x, REAL *restrict y) {
  for (long i = 0; i < n; i++) {
    long left = i > 0 ? i - 1 : 0, right = i + 1 < n ? i + 1 : i, far = right + 1 < n ? right + 1 : 0;
    y[i] = x[i] * x[left] - 0.5 * x[right] * x[far] * x[i];
  }
}
REAL f(const REAL *start, int n, int steps) {
  REAL *x = (REAL *)malloc(sizeof(REAL) * n), *k = (REAL *)malloc(sizeof(REAL) * n);
  REAL *y = (REAL *)malloc(sizeof(REAL) * n), *z = (REAL *)malloc(sizeof(REAL) * n);
  memcpy(x, start, sizeof(REAL) * n);
  for (int t = 0; t < steps; t++) {
    slope(n, x, k);
    for (long i = 0; i < n; i++)
      y[i] = x[i] + 0.05 * k[i];
    slope(n, y, k);
    for (long i = 0; i < n; i++)
      z[i] = y[i] + 0.1 * k[i] * x[i];
    spread(n, z, k);
    for (long i = 0; i < n; i++)
      x[i] += 0.2 * k[i];
  }
  REAL sum = 0;
  for (long i = 0; i < n; i++)
    sum += x[i] * x[i] * (1 + i);
  free(z);
  free(y);
  free(k);
  free(x);
  return sum;
}
