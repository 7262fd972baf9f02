// The last element of the scratch is written by the first iteration only.
//! ret REAL
//! dup REAL a[6] = fill(0.5, 1.5)
//! const int n = 5
//! const int m = 5 | 6 | 3
#include "case.h"
REAL f(const REAL *a, int n, int m) {
  REAL t[6] = {1, 2, 3, 4, 5, 6};
  REAL s = 0;
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < m; j++)
      t[j] = a[j] * a[i] + i;
    for (int j = 0; j < 6; j++)
      s += t[j] * t[j];
    t[5] = s * a[5] * 0.01;
  }
  return s;
}
