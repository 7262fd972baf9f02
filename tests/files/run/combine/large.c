// Tapes of combined calls, one inside the other, outgrow what the arena has.
//! ret REAL
//! dup REAL a[3] = 0.5 0.25 0.75
//! const int n = 3
#include "case.h"
NOINLINE static REAL walk(const REAL *a, int n) {
  REAL x = a[0];
  for (int j = 0; j < 3000 * n; j++)
    x = x * a[1] * x + a[2] * 0.5;
  if (n > 1)
    return x + walk(a, n - 1);
  return x * 2;
}
REAL f(const REAL *a, int n) {
  REAL s = 0;
  for (int i = 1; i <= n; i++)
    s += walk(a, i);
  return s;
}
