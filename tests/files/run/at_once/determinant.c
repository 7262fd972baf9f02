// Minors under factors: their adjoints are known before them. The list of columns is changed and restored.
//! ret REAL
//! dup REAL a[16] = fill(-1, 1.5)
//! const int next[5] = 1 2 3 4 0
//! const int n = 4
#include "case.h"
static NOINLINE REAL minor(int n, int row, const REAL *a, int *next) {
  if (row == n - 1)
    return a[row * n + next[n]];
  REAL sum = 0, sign = 1;
  int before = n;
  for (int j = row; j < n; j++) {
    int column = next[before];
    next[before] = next[column];
    sum += sign * a[row * n + column] * minor(n, row + 1, a, next);
    next[before] = column;
    before = column;
    sign = -sign;
  }
  return sum;
}
REAL f(const REAL *a, int *next, int n) { return minor(n, 0, a, next); }
