// A local table of pointers to active, constant and local rows.
//! ret REAL
//! dup REAL a[3] = fill
//! const REAL b[3] = 1.5 2.5 -0.5
//! out REAL x = 0.75
//! const int n = 6 | 1
#include "case.h"
REAL f(const REAL *a, const REAL *b, REAL x, int n) {
  REAL own[3] = {x, x * x, 2.0};
  const REAL *rows[3] = {a, b, own};
  REAL s = 0.0;
  for (int i = 0; i < n; i++) {
    const REAL *row = rows[i % 3];
    s += row[0] * row[1] + row[2] * x;
  }
  return s;
}
