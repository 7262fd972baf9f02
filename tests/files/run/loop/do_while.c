// The body runs before the test.
//! ret REAL
//! out REAL x = 0.3 | 20
#include "case.h"
REAL f(REAL x) {
  REAL y = x;
  do {
    y = y * 1.5 + x * x;
  } while (y < 10);
  return y * x;
}
