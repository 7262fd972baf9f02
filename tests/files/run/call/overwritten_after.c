// What the callee reads is overwritten by the caller later.
//! ret REAL
//! dup REAL a[3] = 0.7 1.9 -0.4
#include "case.h"
NOINLINE static REAL dot(const REAL *p, int n) {
  REAL s = 0;
  for (int i = 0; i < n; i++) s += p[i] * p[i] * p[i];
  return s;
}
REAL f(REAL *a) {
  REAL s = dot(a, 3);
  a[0] = s * a[1];
  a[1] = s * s;
  s += dot(a, 2);
  a[2] = 0;
  return s;
}
