// The results are multiplied: each is the other's partial.
//! ret REAL
//! dup REAL a[4] = fill(0.5, 1.5)
#include "case.h"
NOINLINE static REAL g(const REAL *a, int n) {
  REAL p = 1;
  for (int i = 0; i < n; i++)
    p *= a[i] * a[i] + i;
  return p;
}
REAL f(const REAL *a) { return g(a, 3) * g(a + 1, 3) + g(a, 4); }
