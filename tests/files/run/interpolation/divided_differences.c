// Newton's polynomial: differences in place from the end, evaluated by nested products, then one node replaced.
//! ret REAL
//! dup REAL x[5] = -1 -0.3 0.4 1.1 2
//! dup REAL y[5] = fill(-1, 1)
//! out REAL t = 0.9
#include "case.h"
static REAL newton(const REAL *x, const REAL *y, REAL t) {
  REAL c[5];
  memcpy(c, y, sizeof c);
  for (int k = 1; k < 5; k++)
    for (int i = 4; i >= k; i--) c[i] = (c[i] - c[i - 1]) / (x[i] - x[i - k]);
  REAL p = c[4];
  for (int i = 3; i >= 0; i--) p = p * (t - x[i]) + c[i];
  return p;
}
REAL f(const REAL *x, REAL *y, REAL t) {
  REAL first = newton(x, y, t);
  y[2] = first;
  return newton(x, y, first) + first * y[2];
}
