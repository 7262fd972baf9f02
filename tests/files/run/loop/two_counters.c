// Two induction variables walk towards each other.
//! ret REAL
//! dup REAL a[9] = fill
//! const int n = 9
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL s = 0;
  for (int i = 0, j = n - 1; i < j; i++, j--) s += a[i] * a[j] * (j - i);
  return s;
}
