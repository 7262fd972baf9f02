// Selection by comparisons.
//! ret REAL
//! out REAL x = 1 | 3 | 2
//! out REAL y = 2 | 1 | 3
//! out REAL z = 3 | 2 | 1
#include "case.h"
REAL f(REAL x, REAL y, REAL z) {
  REAL lo = fmin(x, y), hi = fmax(x, y);
  REAL m = fmax(lo, fmin(hi, z));
  return m * m * x;
}
