// The outer loop has the snapshots; what an iteration of it keeps is the tape of its inner loops.
//! ret REAL
//! dup REAL start[4] = fill(0.2, 0.9)
//! const int outer = 7 | 1
//! const int inner = 5 | 2
//! options tape-budget=1200
#include "case.h"
REAL f(const REAL *start, int outer, int inner) {
  REAL x[4], y[4];
  for (int i = 0; i < 4; i++)
    x[i] = start[i];
  for (int o = 0; o < outer; o++) {
    for (int t = 0; t < inner; t++) {
      for (int i = 0; i < 4; i++)
        y[i] = x[i] * x[(i + 1) % 4];
      for (int i = 0; i < 4; i++)
        x[i] += 0.1 * sin(y[i]) * y[(i + 3) % 4] - 0.2 * x[i] * x[i];
    }
    for (int i = 0; i < 4; i++)
      x[i] = 0.9 * x[i] / (1 + 0.1 * o * x[3 - i] * x[i]);
  }
  REAL s = 0;
  for (int i = 0; i < 4; i++)
    s += x[i] * x[i];
  return s;
}
