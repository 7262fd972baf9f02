// Two arrays, each the other's partial.
//! ret REAL
//! dup REAL a[8] = fill
//! dup REAL b[8] = fill(-1, 1)
//! const int n = 8
#include "case.h"
REAL f(const REAL *a, const REAL *b, int n) {
  REAL s = 0;
  for (int i = 0; i < n; i++) s += a[i] * b[i];
  return s;
}
