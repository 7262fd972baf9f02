// Each iteration reads what the previous one wrote.
//! ret REAL
//! dup REAL a[6] = fill
//! const int n = 6
#include "case.h"
REAL f(REAL *a, int n) {
  for (int i = 1; i < n; i++) a[i] = a[i] * a[i - 1] + a[i - 1];
  return a[n - 1];
}
