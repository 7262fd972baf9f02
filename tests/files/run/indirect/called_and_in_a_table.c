// A function that is called and is also in a table: the copy of it that is called may be changed for its callers,
// the one that the table leads to may not.
//! ret REAL
//! out REAL x = 0.6 | -0.4
//! out REAL y = 1.5 | 0.7
//! dup REAL b[3] = 1 2 3 | 3 2 1
//! const int n = 3 | 4
#include "case.h"
NOINLINE static REAL product(REAL s, REAL t) { return s * t; }
NOINLINE static REAL angle(REAL s, REAL t) { return atan2(s, t); }
static REAL (*const table[])(REAL, REAL) = {product, angle, product};
REAL f(REAL x, REAL y, REAL *b, int n) {
  for (int i = 0; i < n; i++) b[1] *= table[n - 3](x, y) + 0.5;
  b[2] = table[1](x, b[1]);
  return product(x, y);
}
