// What the loop changed is changed again behind it: the caller finds that, and the loop is undone from what it was.
//! ret REAL
//! dup REAL x[6] = fill(0.2, 0.9)
//! const int steps = 7
//! options tape-budget=900
#include "case.h"
REAL f(REAL *x, int steps) {
  for (int t = 0; t < steps; t++)
    for (int i = 1; i < 5; i++)
      x[i] = 0.9 * x[i] + 0.1 * x[i - 1] * x[i + 1] * x[i];
  REAL s = 0;
  for (int i = 0; i < 6; i++) {
    s += x[i] * x[i];
    x[i] = s * x[i];
  }
  return s * x[2];
}
