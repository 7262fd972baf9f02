// Conditions inside conditions, one arm empty.
//! ret REAL
//! out REAL x = 0.7 | 0.7 | -0.7
//! out REAL y = 1.5 | -1.5 | 2
#include "case.h"
REAL f(REAL x, REAL y) {
  REAL r = x * y;
  if (x > 0) {
    if (y > 0) r = sin(r);
    r += x;
  }
  return r * x;
}
