// What does not change is computed once.
//! ret REAL
//! out REAL x = 0.7
//! dup REAL a[5] = fill
#include "case.h"
REAL f(REAL x, const REAL *a) {
  REAL s = 0;
  for (int i = 0; i < 5; i++) s += a[i] * exp(sin(x)) + cos(x * x);
  return s;
}
