// Conversion to integer and back.
//! ret REAL
//! out REAL x = 2.3 | -7.7
#include "case.h"
REAL f(REAL x) {
  int n = (int)x;
  REAL t = x - n;
  return t * t * t + n * x;
}
