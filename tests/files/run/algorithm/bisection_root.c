// A root by bisection has no derivative through the bracket but through the last step.
//! ret REAL
//! out REAL c = 2.5
#include "case.h"
REAL f(REAL c) {
  REAL lo = 0, hi = 4;
  for (int i = 0; i < 8; i++) {
    REAL mid = 0.5 * (lo + hi);
    if (mid * mid < c) lo = mid;
    else hi = mid;
  }
  REAL x = 0.5 * (lo + hi);
  return x - (x * x - c) / (2.0 * x);
}
