// The largest eigenvalue by repeated normalization.
//! ret REAL
//! dup REAL a[4] = 2 0.5 0.5 1
#include "case.h"
REAL f(const REAL *a) {
  REAL x = 1, y = 0.3, lambda = 0;
  for (int t = 0; t < 12; t++) {
    REAL u = a[0] * x + a[1] * y, v = a[2] * x + a[3] * y;
    lambda = sqrt(u * u + v * v);
    x = u / lambda;
    y = v / lambda;
  }
  return lambda;
}
