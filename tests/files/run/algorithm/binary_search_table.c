// Interpolation in a table found by bisection.
//! ret REAL
//! out REAL x = 1.3 | 4.9
//! const REAL knots[6] = 0 1 2 3 4 5
//! dup REAL values[6] = fill
#include "case.h"
REAL f(REAL x, const REAL *knots, const REAL *values) {
  int lo = 0, hi = 5;
  while (hi - lo > 1) {
    int mid = (lo + hi) / 2;
    if (x < knots[mid]) hi = mid;
    else lo = mid;
  }
  REAL t = (x - knots[lo]) / (knots[hi] - knots[lo]);
  return values[lo] * (1 - t) + values[hi] * t;
}
