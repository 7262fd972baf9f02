// Returns and exits out of the middle of nested loops, several latches.
//! ret REAL
//! dup REAL a[12] = fill(0.2, 1.7)
//! const int n = 3
//! const int m = 4
//! out REAL x = 0.3 | 0.9 | 1.4 | 1.8 | -0.7
#include "case.h"
REAL f(const REAL *a, int n, int m, REAL x) {
  REAL s = 0;
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < m; j++) {
      REAL v = a[i * m + j] * x;
      if (v > 3) return s * v;
      if (v < -2) continue;
      if (v > 1.5) break;
      s += v * v;
      if (s > 6) return s - v;
    }
    if (s < -1) exit(3);
    s *= 1.1;
  }
  return s * x;
}
