// A window of the last three values.
//! ret REAL
//! dup REAL a[8] = fill
//! const int n = 8
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL w[3] = {1, 1, 1};
  REAL s = 0;
  for (int i = 0; i < n; i++) {
    w[i % 3] = a[i] * w[(i + 1) % 3];
    s += w[0] * w[1] * w[2];
  }
  return s;
}
