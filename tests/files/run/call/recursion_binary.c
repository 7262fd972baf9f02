// Two recursive calls, a tape that is a tree.
//! ret REAL
//! dup REAL a[8] = fill
//! const int n = 8 | 5
#include "case.h"
NOINLINE static REAL sum(const REAL *a, int n) {
  if (n == 1) return a[0] * a[0];
  int h = n / 2;
  REAL l = sum(a, h), r = sum(a + h, n - h);
  return l * r + l + r;
}
REAL f(const REAL *a, int n) { return sum(a, n); }
