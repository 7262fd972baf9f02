// The trip count is known only when the loop ends.
//! ret REAL
//! out REAL x = 2 | 50
#include "case.h"
REAL f(REAL x) {
  REAL y = x;
  while (fabs(y * y - x) > 1e-9 * x) y = (y + x / y) * 0.5;
  return y;
}
