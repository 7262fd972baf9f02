// A local array whose size is an argument.
//! ret REAL
//! dup REAL a[6] = fill
//! const int n = 6 | 2
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL t[n];
  for (int i = 0; i < n; i++) t[i] = a[i] * a[n - 1 - i];
  REAL s = 0;
  for (int i = 0; i < n; i++) s += t[i] * t[i];
  return s;
}
