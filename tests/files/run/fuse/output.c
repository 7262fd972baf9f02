// The sum is also written to memory, where the caller sees it.
//! ret REAL
//! dup REAL a[5] = fill(0.5, 1.5)
//! dup REAL out[1] = 3
//! const int n = 4
#include "case.h"
REAL f(const REAL *a, REAL *out, int n) {
  REAL t[5];
  REAL s = 0;
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < 5; j++)
      t[j] = exp(-a[j] * (i + 1));
    for (int j = 0; j < 5; j++)
      s += t[j] * t[j];
  }
  *out = s;
  return s * 2;
}
