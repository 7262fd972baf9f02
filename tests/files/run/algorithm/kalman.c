// Two-state filter: matrices as local arrays, updated in place.
//! ret REAL
//! dup REAL z[4] = fill
//! out REAL q = 0.1
#include "case.h"
REAL f(const REAL *z, REAL q) {
  REAL x[2] = {0, 1}, P[2][2] = {{1, 0}, {0, 1}};
  for (int t = 0; t < 4; t++) {
    x[0] += 0.5 * x[1];
    REAL p00 = P[0][0] + 0.5 * (P[0][1] + P[1][0]) + 0.25 * P[1][1] + q, p01 = P[0][1] + 0.5 * P[1][1];
    REAL p11 = P[1][1] + q;
    REAL s = p00 + 0.3, k0 = p00 / s, k1 = p01 / s, e = z[t] - x[0];
    x[0] += k0 * e;
    x[1] += k1 * e;
    P[0][0] = (1 - k0) * p00;
    P[0][1] = P[1][0] = (1 - k0) * p01;
    P[1][1] = p11 - k1 * p01;
  }
  return x[0] * x[1];
}
