// A filter that adapts: its error changes the taps with which it goes on.
//! ret REAL
//! dup REAL x[14] = fill(-1, 1)
//! dup REAL wanted[14] = fill(-1, 1)
//! out REAL mu = 0.2
#include "case.h"
REAL f(const REAL *x, const REAL *wanted, REAL mu) {
  REAL tap[4] = {0, 0, 0, 0}, total = 0;
  for (int t = 3; t < 14; t++) {
    REAL y = 0, power = 0.1;
    for (int k = 0; k < 4; k++) y += tap[k] * x[t - k], power += x[t - k] * x[t - k];
    REAL e = wanted[t] - y;
    for (int k = 0; k < 4; k++) tap[k] += mu * e * x[t - k] / power;
    total += e * e;
  }
  return total + tap[0] * tap[3];
}
