// A value that is not a number and was not selected must not leak into the derivative.
//! ret REAL
//! fd off
//! out REAL x = -4 | 4
#include "case.h"
REAL f(REAL x) {
  REAL l = log(x);
  return x > 0 ? l : x * 3.0;
}
