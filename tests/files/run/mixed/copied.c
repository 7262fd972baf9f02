// Copies from and to memory that may be constant.
//! ret REAL
//! dup REAL a[4] = fill
//! const REAL b[4] = 1.5 2.5 -0.5 0.25
//! const REAL w[4] = 0.0 0.0 0.0 0.0
//! const int k = 0 | 1 | 2 | 3
//! const int n = 4
#include "case.h"
REAL f(REAL *a, const REAL *b, REAL *w, int k, int n) {
  REAL own[4] = {1.0, a[1], 2.0, a[3]};
  memcpy(own, k & 1 ? a : b, n * sizeof(REAL));
  REAL s = own[0] * own[1] + own[2] * own[3] + a[1] * a[1];
  own[0] *= s;
  memmove(k & 2 ? a : w, own, n * sizeof(REAL));
  s += a[0] * a[1];
  memset(k & 1 ? a + 2 : w, 0, 2 * sizeof(REAL));
  return s + a[2] * a[2] + a[3];
}
