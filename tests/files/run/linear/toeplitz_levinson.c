// Levinson's recursion: two predictors grow in place, reversed against each other.
//! ret REAL
//! dup REAL r[5] = 2 0.7 0.4 0.1 0.05
//! dup REAL y[5] = fill
#include "case.h"
REAL f(const REAL *r, const REAL *y) {
  REAL forward[5], x[5], error = r[0], s = 0;
  forward[0] = 1;
  x[0] = y[0] / r[0];
  for (int n = 1; n < 5; n++) {
    REAL k = 0, e = 0, t[5];
    for (int i = 0; i < n; i++) k += r[n - i] * forward[i];
    k = -k / error;
    forward[n] = 0;
    for (int i = 0; i <= n; i++) t[i] = forward[i] + k * forward[n - i];
    memcpy(forward, t, (n + 1) * sizeof(REAL));
    error *= 1 - k * k;
    for (int i = 0; i < n; i++) e += r[n - i] * x[i];
    REAL q = (y[n] - e) / error;
    x[n] = 0;
    for (int i = 0; i <= n; i++) x[i] += q * forward[n - i];
  }
  for (int i = 0; i < 5; i++) s += x[i] * x[i] * (i + 1);
  return s;
}
