// Half of the scratch is from the step before, so it is part of the state.
//! ret REAL
//! dup REAL start[6] = fill(0.2, 0.9)
//! const int steps = 6
#include "case.h"
REAL f(const REAL *start, int steps) {
  REAL x[6], y[6] = {0}, k[6];
  for (int i = 0; i < 6; i++)
    x[i] = start[i];
  for (int t = 0; t < steps; t++) {
    for (int i = t % 2; i < 6; i += 2)
      y[i] = x[i] * x[5 - i] + 0.3 * y[i];
    for (int i = 0; i < 6; i++)
      k[i] = sin(y[i]) * x[i];
    for (int i = 0; i < 6; i++)
      x[i] += 0.1 * k[i] * k[5 - i] * y[i];
  }
  REAL s = 0;
  for (int i = 0; i < 6; i++)
    s += x[i] * x[i];
  return s;
}
