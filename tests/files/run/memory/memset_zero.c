// Zeroing kills derivatives of the range.
//! ret REAL
//! dup REAL a[5] = fill
//! const int n = 3 | 0
#include "case.h"
REAL f(REAL *a, int n) {
  REAL s = a[0] * a[1] * a[2];
  memset((void *)a, 0, n * sizeof(REAL));
  a[0] += s;
  return a[0] * a[3];
}
