// Steps on grids whose arrays change roles: where the rows of one step are apart, where they are the same ones because the
// grid is one or two rows high, where both arrays are one, and where they overlap by a part of a row.
//! ret REAL
//! dup REAL u[32] = fill(-1, 1) | fill(0.5, 1)
//! const int n = 1 | 3
//! const int m = 3 | 5
#include "case.h"
#include <stdlib.h>
static void step(const REAL *now, REAL *then, long n, long m) {
  for (long i = 0; i < n; i++) {
    long up = i == 0 ? n - 1 : i - 1, down = i == n - 1 ? 0 : i + 1;
    for (long j = 0; j < m; j++) {
      long left = j == 0 ? m - 1 : j - 1, right = j == m - 1 ? 0 : j + 1;
      REAL a = now[i * m + j];
      then[i * m + j] = a + 0.1 * (now[up * m + j] + now[down * m + j] * a + now[i * m + left] - 3.0 * a * now[i * m + right]);
    }
  }
}
static void inner(const REAL *now, REAL *then, long n, long m) {
  for (long i = 1; i + 1 < n; i++)
    for (long j = 1; j + 1 < m; j++)
      then[i * m + j] = now[i * m + j] * now[(i - 1) * m + j] + 0.2 * now[(i + 1) * m + j] - now[i * m + j - 1] * now[i * m + j + 1];
}
static void together(REAL *a, REAL *b, REAL *c, long n, REAL weight) {
  for (long i = 0; i < n; i++) {
    REAL x = a[i], y = b[i];
    b[i] = 0.5 * x * y + weight * c[i];
    c[i] = x - 0.25 * y * c[i];
  }
}
// Downwards and upwards, so that what is undone goes the other way; each number is made from the one before.
static void chained(REAL *a, const REAL *b, long n) {
  for (long i = 1; i < n; i++)
    a[i] = 0.5 * a[i - 1] * b[i] + a[i];
  for (long i = n - 2; i >= 0; i--)
    a[i] = 0.25 * a[i + 1] + a[i] * b[i];
}
REAL f(REAL *u, int n, int m) {
  REAL *now = (REAL *)malloc(64 * sizeof(REAL)), *then = (REAL *)malloc(64 * sizeof(REAL));
  REAL sum = 0;
  for (int i = 0; i < 64; i++) {
    now[i] = u[i % 32];
    then[i] = 0.3 * u[(i + 7) % 32];
  }
  for (int t = 0; t < 3; t++) {
    step(now, then, n, m);
    REAL *swap = now;
    now = then;
    then = swap;
    inner(now, then, n + 2, m);
  }
  step(now, now, n, m);
  step(now, now + 2, n, m);
  inner(now, now + m, 3, m);
  inner(then + 1, then, 4, m);
  together(now, now + 1, then, m + 4, u[3]);
  together(now, then, now + 16, m + 4, u[4]);
  together(now, then, then, m + 4, u[5]);
  chained(now, then, m + 6);
  chained(then, then + 1, m + 6);
  for (int i = 0; i < 64; i++)
    sum += now[i] * now[i] * (REAL)(i + 1) * 0.1 + then[i] * (REAL)(64 - i);
  free(now);
  free(then);
  return sum;
}
