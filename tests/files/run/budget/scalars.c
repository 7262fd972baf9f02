// The state of the loop is in registers: no memory is saved.
//! ret REAL
//! out REAL a = 1.1 | 0.3
//! out REAL b = 0.7 | 1.9
//! const int steps = 53 | 4
//! options tape-budget=260
#include "case.h"
REAL f(REAL a, REAL b, int steps) {
  REAL x = a, y = b;
  int turns = 0;
  for (int t = 0; t < steps; t++) {
    REAL z = x * y + sin(x);
    if (z > 0.5) {
      turns++;
      y = y - 0.1 * z;
    }
    x = x + 0.05 * cos(z) * y + 0.001 * turns;
  }
  return x * y;
}
