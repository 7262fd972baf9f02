// Nests whose iterations add to the same places when they are undone: products of matrices, of one with itself, with a vector
// again and again, in place, and with a way back that does something else.
//! ret REAL
//! dup REAL a[36] = fill(-1, 1) | fill(0.5, 1)
//! dup REAL b[36] = fill(0.2, 1) | fill(-1, 0.5)
//! const int n = 6 | 5
//! const int m = 3 | 5
#include "case.h"
#include <stdlib.h>
static void times(const REAL *x, const REAL *y, REAL *z, int n, int m) {
  for (int i = 0; i < n; i++)
    for (int j = 0; j < m; j++) {
      REAL s = 0;
      for (int k = 0; k < n; k++)
        s += x[i * n + k] * y[k * m + j];
      z[i * m + j] = s * 0.3;
    }
}
static void squared(REAL *x, long n) {
  for (long i = 0; i < n; i++)
    for (long j = 0; j < n; j++) {
      REAL s = x[i * n + j];
      for (long k = 0; k < n; k++)
        s += x[i * n + k] * x[k * n + j] * 0.01;
      x[i * n + j] = s;
    }
}
static void turned(const REAL *x, REAL *v, REAL *w, long n) {
  for (long i = n - 1; i >= 0; i--) {
    REAL s = 0.1;
    for (long k = 0; k < n; k++)
      s += x[i * n + k] * v[k];
    w[i] = s / (1.0 + s * s);
  }
  for (long i = 0; i < n; i++)
    v[i] = w[i];
}
// The last round of the outer loop ends before the numbers are halved.
static void halved(REAL *x, const REAL *y, long n) {
  for (long i = 0;; i++) {
    for (long k = 0; k < n; k++)
      x[k] += 0.1 * x[n + k] * y[i * n + k];
    if (i + 1 >= n)
      break;
    x[i] *= 0.5;
    x[n + i] += 0.25 * y[i];
  }
}
REAL f(REAL *a, REAL *b, int n, int m) {
  REAL *c = (REAL *)malloc(36 * sizeof(REAL)), *d = (REAL *)malloc(36 * sizeof(REAL));
  REAL sum = 0;
  for (int i = 0; i < 36; i++)
    c[i] = d[i] = a[i] * 0.5;
  times(a, b, c, n, m);
  times(c, c, d, m, m);
  times(a, a, d, n, n);
  squared(d, n);
  squared(c, 1);
  for (int t = 0; t < 2; t++)
    turned(a, c, d + 3, n);
  halved(d, a, n);
  for (int i = 0; i < 36; i++)
    sum += (c[i] + 0.1 * d[i] * d[i]) * (REAL)(i % 7 + 1);
  free(c);
  free(d);
  return sum;
}
