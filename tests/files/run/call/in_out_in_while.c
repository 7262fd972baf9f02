// An active scalar returned by pointer and reused as an argument, const array written by callee.
//! ret REAL
//! dup REAL a[8] = fill
//! const int n = 5
#include "case.h"
NOINLINE static int upd(REAL *s, const REAL *a, double *w, int n) { int c = 0; for (int i = 0; i < n; i++) { *s += a[i] * w[i]; w[i] = w[i] * 0.5; if (VALUE(*s) > 1) { *s = *s * 0.5; c++; } } return c; }
REAL f(REAL *a, int n) {
  double w[8]; for (int i = 0; i < 8; i++) w[i] = i + 0.3;
  REAL s = 0.1; int k = 0;
  while (k < 11) { k += upd(&s, a + (k & 1), w, n) + 1; a[k & 7] = a[k & 7] * s; for (int i = 0; i < 8; i++) w[i] += 0.3; }
  return s;
}
