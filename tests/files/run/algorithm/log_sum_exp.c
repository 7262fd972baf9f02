// The maximum first, then the sum.
//! ret REAL
//! dup REAL a[6] = fill(-3, 3)
//! const int n = 6 | 1
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL m = a[0];
  for (int i = 1; i < n; i++) m = fmax(m, a[i]);
  REAL s = 0;
  for (int i = 0; i < n; i++) s += exp(a[i] - m);
  return m + log(s);
}
