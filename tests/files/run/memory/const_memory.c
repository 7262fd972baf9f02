// Inactive memory is data.
//! ret REAL
//! out REAL x = 0.6
//! const REAL a[4] = fill
//! const int n = 4
#include "case.h"
REAL f(REAL x, const REAL *a, int n) {
  REAL s = 0;
  for (int i = 0; i < n; i++) s = s * x + a[i];
  return s;
}
