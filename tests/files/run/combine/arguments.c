// Arguments that are computed, by value and loaded, and results in different arms.
//! ret REAL
//! out REAL x = 0.75 | -0.5
//! dup REAL a[6] = fill(0.5, 1.5)
//! const int n = 5
#include "case.h"
NOINLINE static REAL g(REAL u, REAL v, const REAL *p, int k) {
  REAL s = u;
  for (int i = 0; i < k; i++)
    s = s * v + p[i] * u;
  return s;
}
REAL f(REAL x, const REAL *a, int n) {
  REAL s = x;
  for (int i = 0; i < n; i++) {
    if (VALUE(x) > 0)
      s += g(x * a[i], a[i] * a[i], a + i, n - i) / (i + 1);
    else
      s -= g(a[i], x, a, i);
  }
  return s;
}
