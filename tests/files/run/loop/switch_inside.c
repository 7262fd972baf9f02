// A switch on the counter, so a different arm each time.
//! ret REAL
//! dup REAL a[9] = fill
//! const int n = 9
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL s = 1;
  for (int i = 0; i < n; i++) {
    switch (i % 4) {
    case 0: s += a[i]; break;
    case 1: s *= a[i]; break;
    case 2: s = exp(-s) * a[i]; break;
    default: s = s / (1 + a[i]);
    }
  }
  return s;
}
