// Nobody knows how often the loop runs before it ends: states are kept, and dropped again.
//! ret REAL
//! dup REAL start[3] = 0.4 0.5 0.3 | 2 1 3 | 20 11 3 | 90 10 100
//! const double end = 0.6
//! options tape-budget=700
#include "case.h"
REAL f(const REAL *start, double end) {
  REAL x[3] = {start[0], start[1], start[2]};
  do {
    REAL k[3];
    for (int i = 0; i < 3; i++)
      k[i] = x[(i + 1) % 3] * x[i] / (1 + x[i] * x[i]);
    for (int i = 0; i < 3; i++)
      x[i] -= 0.1 * x[i] + 0.01 * k[i] * k[(i + 2) % 3];
  } while (x[0] > end);
  return x[0] * x[1] + x[2];
}
