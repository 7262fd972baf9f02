// Two loops, one after the other, share the budget.
//! ret REAL
//! dup REAL start[4] = fill(0.2, 0.9)
//! const int steps = 11 | 3
//! options tape-budget=900
#include "case.h"
REAL f(const REAL *start, int steps) {
  REAL x[4], y[4];
  for (int i = 0; i < 4; i++)
    x[i] = start[i];
  for (int t = 0; t < steps; t++) {
    for (int i = 0; i < 4; i++)
      y[i] = x[i] * x[(i + 1) % 4];
    for (int i = 0; i < 4; i++)
      x[i] += 0.1 * sin(y[i]) * cos(y[(i + 3) % 4]);
  }
  for (int t = 0; t < 2 * steps; t++) {
    for (int i = 0; i < 4; i++)
      y[i] = x[i] * y[(i + 2) % 4];
    for (int i = 0; i < 4; i++)
      x[i] += 0.05 * sin(y[i]) * y[i] - 0.1 * x[i] * y[3 - i];
  }
  REAL s = 0;
  for (int i = 0; i < 4; i++)
    s += x[i] * y[i];
  return s;
}
