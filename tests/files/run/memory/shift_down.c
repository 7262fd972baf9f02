// v = a[i+1]; a[i] = ...: the next iteration overwrites nothing, but the value must be the old one.
//! ret REAL
//! dup REAL a[6] = fill
//! const int n = 6
#include "case.h"
REAL f(REAL *a, int n) {
  REAL s = 0;
  for (int i = 0; i + 1 < n; i++) {
    REAL v = a[i + 1];
    a[i] = v * v * a[i];
    s += v * a[i];
  }
  return s;
}
