// Library results kept for every iteration.
//! ret REAL
//! dup REAL a[5] = fill
#include "case.h"
REAL f(const REAL *a) {
  REAL s = 0.5;
  for (int i = 0; i < 5; i++) s = exp(-s) * log(a[i] + 1.0) + cbrt(a[i]) * sqrt(s + 1.0);
  return s;
}
