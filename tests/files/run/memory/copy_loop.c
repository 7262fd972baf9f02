// A copy written as a loop, which the compiler turns into memcpy.
//! ret REAL
//! dup REAL a[6] = fill
//! const int n = 6
#include "case.h"
REAL f(REAL *a, int n) {
  REAL t[6];
  for (int i = 0; i < n; i++) t[i] = a[i];
  for (int i = 0; i < n; i++) a[i] = t[n - 1 - i] * t[i];
  return a[1] * a[0];
}
