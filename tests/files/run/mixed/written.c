// Results go to active memory or to a constant scratch array that nobody reads.
//! ret REAL
//! dup REAL a[4] = fill
//! const REAL w[4] = 9.0 8.0 7.0 6.0
//! out REAL x = 1.25 | -0.5
//! const int k = 5 | 0 | 15
#include "case.h"
REAL f(REAL *a, REAL *w, REAL x, int k) {
  for (int i = 0; i < 4; i++) {
    REAL *to = (k >> i) & 1 ? &a[i] : &w[i];
    *to = sin(x * a[(i + 1) % 4]) + i;
  }
  REAL s = 0.0;
  for (int i = 0; i < 4; i++) s += a[i] * a[i] * (i + 1);
  return s;
}
