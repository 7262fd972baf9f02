// What the first call read is changed before its reverse could read it again.
//! ret REAL
//! dup REAL a[4] = fill(0.5, 1.5)
#include "case.h"
NOINLINE static REAL g(const REAL *a, int n) {
  REAL p = 1;
  for (int i = 0; i < n; i++)
    p *= a[i] * a[i];
  return p;
}
REAL f(REAL *a) {
  REAL s = g(a, 4);
  a[1] = a[1] * a[2] + 0.25;
  s += 2 * g(a, 4);
  return s;
}
