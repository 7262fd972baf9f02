// A loop that the compiler vectorizes with a remainder.
//! ret REAL
//! dup REAL a[19] = fill
//! dup REAL b[19] = fill
//! const long n = 19 | 3
#include "case.h"
void scale(REAL *restrict b, const REAL *restrict a, long n) {
  for (long i = 0; i < n; i++) b[i] = a[i] * b[i] + 2.0 * a[i];
}
REAL f(const REAL *a, REAL *b, long n) {
  scale(b, a, n);
  REAL s = 0;
  for (long i = 0; i < n; i++) s += b[i] * b[i];
  return s;
}
