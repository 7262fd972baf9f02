// Two loops change the same state, and it is read in between.
//! ret REAL
//! dup REAL start[4] = fill(0.2, 0.9)
//! const int steps = 4
#include "case.h"
REAL f(const REAL *start, int steps) {
  REAL x[4], k[4], s = 0;
  for (int i = 0; i < 4; i++)
    x[i] = start[i];
  for (int t = 0; t < steps; t++) {
    for (int i = 0; i < 4; i++)
      k[i] = x[i] * x[3 - i];
    for (int i = 0; i < 4; i++)
      x[i] += 0.2 * k[i] * k[3 - i] * x[i];
  }
  for (int i = 0; i < 4; i++)
    s += x[i] * k[i] * x[3 - i];
  for (int t = 0; t < steps; t++) {
    for (int i = 0; i < 4; i++)
      k[i] = x[i] + sin(k[i] * x[3 - i]);
    for (int i = 0; i < 4; i++)
      x[i] -= 0.1 * k[i] * k[3 - i] * x[i];
  }
  for (int i = 0; i < 4; i++)
    s += x[i] * x[i] * k[i];
  return s;
}
