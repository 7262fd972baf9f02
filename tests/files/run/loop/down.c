// Counting down.
//! ret REAL
//! dup REAL a[6] = fill
//! const int n = 6
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL s = 0;
  for (int i = n - 1; i >= 0; i--) s = s * a[0] + a[i];
  return s;
}
