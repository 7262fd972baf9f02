// The callee has its own loop and its own tape.
//! ret REAL
//! dup REAL a[4] = fill
#include "case.h"
NOINLINE static REAL norm(const REAL *p, int n) {
  REAL s = 0;
  for (int i = 0; i < n; i++) s = s * 0.5 + sin(p[i] * s) + p[i];
  return s;
}
REAL f(REAL *a) {
  REAL r = 1;
  for (int k = 0; k < 3; k++) {
    r *= norm(a, 4 - k);
    a[k] = r * 0.125;
  }
  return r;
}
