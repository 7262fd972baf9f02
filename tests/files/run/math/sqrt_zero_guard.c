// The branch keeps the infinite slope away.
//! ret REAL
//! fd off
//! out REAL x = 0 | 4
#include "case.h"
REAL f(REAL x) {
  if (x <= 0) return 2.0 * x;
  return sqrt(x);
}
