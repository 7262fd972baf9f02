// Each element of the state is overwritten while its neighbours are read.
//! ret REAL
//! dup REAL start[6] = fill(0.2, 0.9)
//! const int steps = 4
#include "case.h"
REAL f(const REAL *start, int steps) {
  REAL x[6], r[6];
  for (int i = 0; i < 6; i++)
    x[i] = start[i];
  for (int t = 0; t < steps; t++) {
    for (int i = 1; i < 5; i++)
      x[i] = 0.25 * (x[i - 1] * x[i - 1] + x[i + 1] + exp(-x[i]));
    for (int i = 0; i < 6; i++)
      r[i] = x[i] * x[5 - i];
    for (int i = 1; i < 6; i++)
      x[i] += 0.1 * r[i] * r[i - 1] * x[i - 1];
  }
  REAL s = 0;
  for (int i = 0; i < 6; i++)
    s += x[i] * x[i];
  return s;
}
