// A step of three stages on a ring: each stage reads the states of the one before at places around its own, and all of
// them go to the same memory. Steps run again, keep what their stages multiplied, and their sums are carried upwards.
//! ret REAL
//! dup REAL u[11] = fill(-1, 1) | fill(0.5, 1)
//! const int n = 11 | 4 | 3 | 2 | 1
//! const int steps = 3
#include "case.h"
#include <stdlib.h>
#include <string.h>
static void slope(long n, const REAL *restrict x, REAL *restrict y) {
  for (long i = 0; i < n; i++) {
    long next = i == n - 1 ? 0 : i + 1, last = i == 0 ? n - 1 : i - 1;
    long before = last == 0 ? n - 1 : last - 1;
    y[i] = (x[next] - x[before]) * x[last] - x[i] * x[i] * 0.5;
  }
}
static void shifted(long n, const REAL *restrict x, REAL h, const REAL *restrict k, REAL *restrict y) {
  for (long i = 0; i < n; i++)
    y[i] = x[i] + h * k[i];
}
REAL f(const REAL *u, int n, int steps) {
  REAL *x = (REAL *)malloc(sizeof(REAL) * (size_t)n);
  REAL *k = (REAL *)malloc(sizeof(REAL) * (size_t)(3 * n));
  REAL *y = (REAL *)malloc(sizeof(REAL) * (size_t)n);
  memcpy(x, u, sizeof(REAL) * (size_t)n);
  for (int t = 0; t < steps; t++) {
    slope(n, x, k);
    shifted(n, x, 0.05, k, y);
    slope(n, y, k + n);
    shifted(n, x, 0.1, k + n, y);
    slope(n, y, k + 2 * n);
    for (int i = 0; i < n; i++)
      x[i] += 0.1 * (k[i] + 4.0 * k[n + i] + k[2 * n + i]);
  }
  REAL sum = 0;
  for (int i = 0; i < n; i++)
    sum += x[i] * x[i] * (REAL)(i + 1);
  free(y);
  free(k);
  free(x);
  return sum;
}
