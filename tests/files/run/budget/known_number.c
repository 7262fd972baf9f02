// Prime numbers of steps, of which some are known to have more snapshots than steps.
//! ret REAL
//! dup REAL start[3] = 0.4 0.5 0.3
//! const int steps = 1 | 2 | 3 | 17 | 31 | 101
//! options tape-budget=600
#include "case.h"
REAL f(const REAL *start, int steps) {
  REAL x[3] = {start[0], start[1], start[2]};
  for (int t = 0; t < steps; t++) {
    REAL k[3];
    for (int i = 0; i < 3; i++)
      k[i] = sin(x[(i + 1) % 3]) * x[i];
    for (int i = 0; i < 3; i++)
      x[i] += 0.05 * k[i] * k[(i + 2) % 3] + 0.01 * t / (1 + x[i] * x[i]);
  }
  return x[0] * x[1] + x[2];
}
