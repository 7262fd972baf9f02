// One load through a choice of pointers, one of them to constant memory.
//! ret REAL
//! dup REAL a[5] = fill
//! const REAL b[4] = 0.7 -1.3 2.1 0.4
//! const int n = 9 | 2
#include "case.h"
REAL f(const REAL *a, const REAL *b, int n) {
  REAL s = 0.0;
  for (int i = 0; i < n; i++) {
    REAL v = i % 3 ? a[i % 5] : b[i % 4];
    s += v * v * a[(i + 1) % 5];
  }
  return s;
}
