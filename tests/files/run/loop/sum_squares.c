// Each iteration needs its own element again.
//! ret REAL
//! dup REAL a[7] = fill(-2, 2)
//! const int n = 7 | 3
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL s = 0;
  for (int i = 0; i < n; i++) s += a[i] * a[i];
  return s;
}
