// Midpoint steps: the tape is the state before each step, and the stage in between is computed again.
//! ret REAL
//! dup REAL start[5] = fill(0.2, 0.9)
//! const int steps = 7 | 1 | 0
#include "case.h"
static void slope(const REAL *x, REAL *y) {
  for (int i = 0; i < 5; i++)
    y[i] = (x[(i + 1) % 5] - x[(i + 3) % 5]) * x[(i + 4) % 5] - x[i] * x[i];
}
REAL f(const REAL *start, int steps) {
  REAL x[5], y[5], k[5];
  for (int i = 0; i < 5; i++)
    x[i] = start[i];
  for (int t = 0; t < steps; t++) {
    slope(x, k);
    for (int i = 0; i < 5; i++)
      y[i] = x[i] + 0.05 * k[i];
    slope(y, k);
    for (int i = 0; i < 5; i++)
      x[i] += 0.1 * k[i] * x[i];
  }
  REAL s = 0;
  for (int i = 0; i < 5; i++)
    s += x[i] * x[i];
  return s;
}
