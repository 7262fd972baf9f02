// What one iteration adds to a shadow the next but one takes: no read of it may come before that.
//! ret REAL
//! dup REAL x[40] = fill(-1, 1.5)
//! dup REAL y[40] = fill(0.5, 1)
//! const int n = 39
#include "case.h"
REAL f(const REAL *x, REAL *y, int n) {
  for (int i = 2; i < n; i++)
    y[i] = x[i] * 0.5 + x[i + 1] * y[i - 2];
  REAL s = 0;
  for (int i = 0; i < n; i++)
    s += y[i] * (i % 3);
  return s;
}
