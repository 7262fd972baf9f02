// Which arm ran is different in every iteration.
//! ret REAL
//! dup REAL a[8] = 1 -2 0.5 4 -1 3 -2 1
//! const int n = 8
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL s = 1;
  for (int i = 0; i < n; i++) {
    if (a[i] > 0) s = s * a[i];
    else s = sin(s) - a[i];
  }
  return s;
}
