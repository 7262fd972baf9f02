// The heat equation with a scratch array.
//! ret REAL
//! dup REAL u[7] = fill
//! out REAL k = 0.3
//! const int steps = 4
#include "case.h"
REAL f(REAL *u, REAL k, int steps) {
  REAL v[7];
  for (int t = 0; t < steps; t++) {
    for (int i = 1; i < 6; i++) v[i] = u[i] + k * (u[i - 1] - 2.0 * u[i] + u[i + 1]) + 0.01 * u[i] * u[i];
    for (int i = 1; i < 6; i++) u[i] = v[i];
  }
  return u[3] * u[3] + u[2];
}
