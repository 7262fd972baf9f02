// A constant table of constant rows beside active ones.
//! ret REAL
//! dup REAL a[3] = fill
//! const int n = 6 | 2
#include "case.h"
static const double one[3] = {1.0, 2.0, 3.0};
static const double two[3] = {-1.0, 0.5, 0.25};
static const double *const table[2] = {one, two};
REAL f(const REAL *a, int n) {
  REAL s = 0.0;
  for (int i = 0; i < n; i++) {
    REAL row[3] = {table[i % 2][0], table[i % 2][1], table[i % 2][2]};
    const REAL *p = i % 3 ? a : row;
    s += p[i % 3] * p[(i + 1) % 3] + a[0];
  }
  return s;
}
