// The callee changes what the caller sees, so it must run where it stands.
//! ret REAL
//! dup REAL a[4] = fill(0.5, 1.5)
#include "case.h"
NOINLINE static REAL g(REAL *a, int n) {
  REAL p = 1;
  for (int i = 0; i < n; i++) {
    p *= a[i] * a[i];
    a[i] = sin(a[i]);
  }
  return p;
}
REAL f(REAL *a) {
  REAL s = 0;
  for (int k = 0; k < 3; k++)
    s += g(a, 4);
  return s;
}
