// Two loop-carried values that exchange places.
//! ret REAL
//! out REAL x = 0.5
//! out REAL y = 0.75
//! const int n = 6
#include "case.h"
REAL f(REAL x, REAL y, int n) {
  for (int i = 0; i < n; i++) {
    REAL t = x * y + 0.25;
    x = y;
    y = t;
  }
  return x * y;
}
