// The loop changes a part of the caller's array, and the function changes all of it before.
//! ret REAL
//! dup REAL x[8] = fill(0.2, 0.9)
//! const int from = 2 | 0
//! const int to = 6 | 7
//! const int steps = 12
//! options tape-budget=600
#include "case.h"
REAL f(REAL *x, int from, int to, int steps) {
  REAL s = 0;
  for (int i = 0; i < 8; i++) {
    s += x[i] * x[i];
    x[i] = x[i] * (1 + 0.1 * s);
  }
  for (int t = 0; t < steps; t++)
    for (int i = from; i < to; i++)
      x[i] = 0.9 * x[i] + 0.1 * x[i + 1] * x[7 - i];
  for (int i = 0; i < 8; i++)
    s += x[i] * x[7 - i];
  return s;
}
