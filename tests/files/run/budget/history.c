// Each state is handed out in memory of its own, so the memory that a step writes is another each time: the loop keeps
// its whole tape.
//! ret REAL
//! dup REAL x[3] = 0.4 0.5 0.3
//! dup REAL all[24] = fill(0, 0)
//! const int steps = 8
//! options tape-budget=100000
#include "case.h"
REAL f(const REAL *x, REAL *all, int steps) {
  REAL y[3] = {x[0], x[1], x[2]}, s = 0;
  for (int t = 0; t < steps; t++)
    for (int i = 0; i < 3; i++) {
      y[i] += 0.1 * sin(y[(i + 1) % 3]) * y[i];
      all[3 * t + i] = y[i];
    }
  for (int i = 0; i < 3 * steps; i++)
    s += all[i] * all[i];
  return s;
}
