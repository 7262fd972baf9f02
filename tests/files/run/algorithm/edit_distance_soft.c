// A dynamic program with soft minima over a table.
//! ret REAL
//! dup REAL a[3] = fill
//! dup REAL b[4] = fill
#include "case.h"
NOINLINE static REAL softmin(REAL x, REAL y, REAL z) { return -log(exp(-x) + exp(-y) + exp(-z)); }
REAL f(const REAL *a, const REAL *b) {
  REAL d[4][5];
  for (int i = 0; i <= 3; i++)
    for (int j = 0; j <= 4; j++) {
      if (i == 0 || j == 0) d[i][j] = i + j;
      else d[i][j] = (a[i - 1] - b[j - 1]) * (a[i - 1] - b[j - 1]) + softmin(d[i - 1][j], d[i][j - 1], d[i - 1][j - 1]);
    }
  return d[3][4];
}
