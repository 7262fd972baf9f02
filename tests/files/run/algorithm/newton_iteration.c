// Newton's method until it converges.
//! ret REAL
//! out REAL a = 2.5 | 0.3
//! out REAL b = 0.5 | 1.5
#include "case.h"
REAL f(REAL a, REAL b) {
  REAL x = 1;
  for (int i = 0; i < 50; i++) {
    REAL g = x * x * x + b * x - a, d = 3.0 * x * x + b;
    REAL step = g / d;
    x -= step;
    if (fabs(step) < 1e-14) break;
  }
  return x * x;
}
