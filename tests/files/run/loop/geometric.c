// The counter doubles.
//! ret REAL
//! dup REAL a[9] = fill
//! const int n = 9
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL s = 1;
  for (int i = 1; i < n; i *= 2) s = s * a[i] + a[i / 2];
  return s;
}
