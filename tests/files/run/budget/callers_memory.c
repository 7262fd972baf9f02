// The state belongs to the caller, who finds the last one there.
//! ret REAL
//! dup REAL x[5] = fill(0.2, 0.9)
//! const int steps = 11 | 0 | 1 | 2
//! options tape-budget=700
#include "case.h"
REAL f(REAL *x, int steps) {
  REAL k[5];
  for (int t = 0; t < steps; t++) {
    for (int i = 0; i < 5; i++)
      k[i] = x[i] * x[(i + 2) % 5];
    for (int i = 0; i < 5; i++)
      x[i] += 0.1 * k[i] * k[4 - i] * x[i] - 0.1 * x[i];
  }
  REAL s = 0;
  for (int i = 0; i < 5; i++)
    s += x[i];
  return s;
}
