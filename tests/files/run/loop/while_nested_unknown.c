// An unknown count inside a known one.
//! ret REAL
//! dup REAL a[4] = 0.5 0.9 1.7 3
//! const int n = 4
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL s = 0;
  for (int i = 0; i < n; i++) {
    REAL y = a[i];
    while (y < 10) y = y * y + 0.5;
    s += y * a[i];
  }
  return s;
}
