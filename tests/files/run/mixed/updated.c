// What is updated in place is active or constant memory.
//! ret REAL
//! dup REAL a[4] = fill
//! const REAL b[4] = 0.5 1.5 2.5 3.5
//! const int k = 6 | 1
#include "case.h"
NOINLINE static void scale(REAL *p, double by, int n) {
  for (int i = 0; i < n; i++) p[i] *= by;
}
REAL f(REAL *a, REAL *b, int k) {
  REAL s = 0.0;
  for (int r = 0; r < 3; r++) {
    REAL *p = (k >> r) & 1 ? a : b;
    scale(p, 1.5, 4);
    for (int i = 0; i < 4; i++) s += p[i] * p[(i + 1) % 4];
  }
  return s;
}
