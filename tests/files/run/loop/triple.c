// Three levels, all values of the innermost needed.
//! ret REAL
//! dup REAL a[4] = fill
//! const int n = 3
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL s = 1;
  for (int i = 0; i < n; i++)
    for (int j = i; j < n; j++)
      for (int k = 0; k < j + 1; k++) s = sin(s * a[i]) + a[j] * a[k];
  return s;
}
