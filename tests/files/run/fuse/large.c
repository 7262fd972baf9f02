// The tape of one iteration outgrows the first chunk, more so in later iterations.
//! ret REAL
//! dup REAL a[3] = 0.5 0.25 0.75
//! const int n = 4
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL s = 0;
  for (int i = 0; i < n; i++) {
    REAL x = a[0];
    for (int j = 0; j < 9000 * (i + 1); j++)
      x = x * a[1] * x + a[2] * 0.5;
    s += x;
  }
  return s;
}
