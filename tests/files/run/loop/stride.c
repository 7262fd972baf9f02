// Steps of three, with a remainder.
//! ret REAL
//! dup REAL a[10] = fill
//! const long n = 10
#include "case.h"
REAL f(const REAL *a, long n) {
  REAL s = 0;
  for (long i = 1; i < n; i += 3) s += a[i] * a[i - 1];
  return s;
}
