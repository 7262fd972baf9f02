// The loop-carried value is the only active one.
//! ret REAL
//! out REAL x = 1.25 | -0.5
//! const int n = 5 | 0
#include "case.h"
REAL f(REAL x, int n) {
  REAL r = x;
  for (int i = 0; i < n; i++) r = r * x + 1;
  return r;
}
