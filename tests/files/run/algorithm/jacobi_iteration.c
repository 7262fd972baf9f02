// Sweeps until the change is small.
//! ret REAL
//! dup REAL b[3] = 1 2 3
#include "case.h"
REAL f(const REAL *b) {
  REAL x[3] = {0, 0, 0}, change;
  do {
    REAL y[3];
    change = 0;
    for (int i = 0; i < 3; i++) {
      y[i] = (b[i] + 0.5 * x[(i + 1) % 3] - 0.25 * x[(i + 2) % 3] * x[i]) / 4.0;
      change += fabs(y[i] - x[i]);
    }
    for (int i = 0; i < 3; i++) x[i] = y[i];
  } while (change > 1e-12);
  return x[0] * x[1] * x[2];
}
