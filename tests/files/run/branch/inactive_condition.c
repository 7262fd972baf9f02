// The condition comes from integers, the arms are active.
//! ret REAL
//! out REAL x = 0.7
//! const int n = 4 | 7
#include "case.h"
REAL f(REAL x, int n) {
  REAL r = x;
  if (n % 2) r = r * r * n;
  if (n > 3 || r > 100) r += x * n;
  return r;
}
