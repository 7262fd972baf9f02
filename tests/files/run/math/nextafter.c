// The next number: a step below resolution.
//! ret REAL
//! fd off
//! out REAL x = 2.3
#include "case.h"
REAL f(REAL x) {
  REAL y = nextafter(x, 100.0);
  return y * y;
}
