// Several runs, each from its own start; the state's memory is the same.
//! ret REAL
//! dup REAL start[8] = fill(0.2, 0.9)
//! const int runs = 2
//! const int steps = 3
#include "case.h"
REAL f(const REAL *start, int runs, int steps) {
  REAL x[4], k[4], s = 0;
  for (int r = 0; r < runs; r++) {
    for (int i = 0; i < 4; i++)
      x[i] = start[4 * r + i] + s;
    for (int t = 0; t < steps + r; t++) {
      for (int i = 0; i < 4; i++)
        k[i] = x[i] * x[3 - i] * start[t];
      for (int i = 0; i < 4; i++)
        x[i] += 0.2 * k[i] * k[3 - i] * x[i];
    }
    for (int i = 0; i < 4; i++)
      s += 0.1 * x[i] * x[i];
  }
  return s;
}
