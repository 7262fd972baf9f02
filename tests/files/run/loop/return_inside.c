// A return from within two loops.
//! ret REAL
//! dup REAL a[4] = 0.5 1 2 3 | 0.5 0.1 0.2 0.3
//! const int n = 4
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL s = 1;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) {
      s += a[i] * a[j] * s;
      if (s > 20) return s * a[i];
    }
  return s * s;
}
