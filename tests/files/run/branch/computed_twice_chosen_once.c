// Both arms call, one result is kept by a select, and the other call's memory counts all the same.
//! ret REAL
//! out REAL x = 0.7 | -0.6
//! dup REAL a[3] = fill
//! const int n = 3
#include "case.h"
static REAL scale(REAL *p, REAL v) {
  REAL old = *p;
  *p = old * v;
  return old + v;
}
REAL f(REAL x, REAL *a, int n) {
  REAL s = 0;
  for (int i = 0; i < n; i++) {
    REAL u = scale(&a[i], x), v = scale(&a[(i + 1) % n], x * x);
    s += (VALUE(x) > 0) == (i & 1) ? u : v;
  }
  return s * a[0];
}
