// Two quantities on a ring of rows go from two arrays to two others, and these lie apart, or share some of their rows, or
// are one: three rows of each are read for one that is written.
//! ret REAL
//! dup REAL x[160] = fill(-1, 1) | fill(0.5, 1)
//! const int u[8] = 0 0 0 40 0 0 50 60
//! const int v[8] = 36 36 36 80 60 36 0 10
//! const int p[8] = 72 7 72 35 100 43 100 46
//! const int q[8] = 108 80 41 120 53 5 57 100
//! const int n = 6
#include "case.h"
static void react(long n, const REAL *u, const REAL *v, REAL *p, REAL *q) {
  for (long i = 0; i < n; i++) {
    long a = (i == 0 ? n - 1 : i - 1) * n, b = (i == n - 1 ? 0 : i + 1) * n, c = i * n;
    for (long j = 0; j < n; j++) {
      long l = j == 0 ? n - 1 : j - 1, r = j == n - 1 ? 0 : j + 1;
      REAL s = u[c + j], t = v[c + j], w = 0.1 * s * t * t;
      p[c + j] = s + 0.16 * (u[a + j] + u[b + j] + u[c + l] + u[c + r] - 4.0 * s) - w;
      q[c + j] = t + 0.08 * (v[a + j] + v[b + j] + v[c + l] + v[c + r] - 4.0 * t) + w;
    }
  }
}
REAL f(REAL *x, const int *u, const int *v, const int *p, const int *q, int n) {
  for (int t = 0; t < 8; t++)
    react(n, x + u[t], x + v[t], x + p[t], x + q[t]);
  REAL sum = 0;
  for (int i = 0; i < 160; i++)
    sum += x[i] * x[i] * (REAL)(i % 7 + 1);
  return sum;
}
