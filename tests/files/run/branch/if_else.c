// Two arms that compute different things.
//! ret REAL
//! out REAL x = 0.7 | -0.7
#include "case.h"
REAL f(REAL x) {
  if (x > 0) return x * x * 7.0;
  return -3.0 * x;
}
