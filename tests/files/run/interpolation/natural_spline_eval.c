// Second derivatives by a tridiagonal system, then values and slopes at places found by bisection.
//! ret REAL
//! dup REAL x[6] = 0 0.9 2.1 3 4.2 5
//! dup REAL y[6] = fill(-1, 1)
//! dup REAL at[3] = 0.4 2.7 4.9
#include "case.h"
REAL f(const REAL *x, const REAL *y, const REAL *at) {
  REAL m[6], u[6], r = 0;
  m[0] = u[0] = 0;
  for (int i = 1; i < 5; i++) {
    REAL sig = (x[i] - x[i - 1]) / (x[i + 1] - x[i - 1]), p = sig * m[i - 1] + 2;
    m[i] = (sig - 1) / p;
    u[i] = (y[i + 1] - y[i]) / (x[i + 1] - x[i]) - (y[i] - y[i - 1]) / (x[i] - x[i - 1]);
    u[i] = (6 * u[i] / (x[i + 1] - x[i - 1]) - sig * u[i - 1]) / p;
  }
  m[5] = 0;
  for (int i = 4; i >= 0; i--) m[i] = m[i] * m[i + 1] + u[i];
  for (int k = 0; k < 3; k++) {
    int lo = 0, hi = 5;
    while (hi - lo > 1) {
      int mid = (lo + hi) / 2;
      if (x[mid] > at[k]) hi = mid;
      else lo = mid;
    }
    REAL h = x[hi] - x[lo], a = (x[hi] - at[k]) / h, b = 1 - a;
    r += (a * y[lo] + b * y[hi] + ((a * a * a - a) * m[lo] + (b * b * b - b) * m[hi]) * h * h / 6) * (k + 1);
  }
  return r;
}
