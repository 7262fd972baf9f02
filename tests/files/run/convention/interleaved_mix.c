// Shadows follow all primals; floats by value, pointers and integers alternate.
//! style interleave
//! ret REAL
//! dup REAL a[2] = fill
//! dup REAL b[3] = fill
//! const int n = 2
//! dup REAL c[2] = fill
#include "case.h"
REAL f(REAL *a, const REAL *b, int n, REAL *c) {
  REAL s = 0;
  for (int i = 0; i < n; i++) {
    a[i] *= b[i] + c[i] * b[2];
    c[i] -= a[i];
    s += a[i] * c[i];
  }
  return s;
}
