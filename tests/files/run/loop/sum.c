// The simplest counted loop over memory.
//! ret REAL
//! dup REAL a[7] = fill
//! const int n = 7 | 1 | 0
//! fd 1e-5
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL s = 0;
  for (int i = 0; i < n; i++) s += a[i];
  return s + a[0] * 0.5;
}
