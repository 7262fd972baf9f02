// A copy whose size is known at run time.
//! ret REAL
//! dup REAL a[6] = fill
//! dup REAL b[6] = fill
//! const int n = 6 | 2 | 0
#include "case.h"
REAL f(const REAL *a, REAL *b, int n) {
  memcpy((void *)b, a, n * sizeof(REAL));
  REAL s = 0;
  for (int i = 0; i < 6; i++) s += b[i] * b[i] * a[5 - i];
  return s;
}
