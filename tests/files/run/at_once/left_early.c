// The loop is left before the last result is added; others are skipped.
//! ret REAL
//! dup REAL a[6] = fill(0.5, 1.5) | fill(-1, 2)
//! const int n = 6
#include "case.h"
static NOINLINE REAL part(const REAL *a, int i) { return i == 0 ? a[0] : a[i] + part(a, i - 1) * a[i - 1]; }
REAL f(const REAL *a, int n) {
  REAL s = 0;
  for (int i = 0; i < n; i++) {
    REAL p = part(a, i);
    if (p > 6)
      break;
    if (p < 0)
      continue;
    s += a[i] * p;
  }
  return s;
}
