// `x == 0` tells the optimizer what x is, not that it is constant; also in a function that only a pointer reaches.
//! ret REAL
//! out REAL x = 0 | 0.5
//! out REAL y = 0.3 | -0.2
//! const int n = 3 | 4
//! fd off
#include "case.h"
NOINLINE static REAL odd(REAL s, REAL t) {
  if (s == 0) return s + t * t;
  return sin(s) + t * t;
}
NOINLINE static REAL even(REAL s, REAL t) { return cos(s) * t; }
static REAL (*const table[])(REAL, REAL) = {even, odd, odd};
REAL f(REAL x, REAL y, int n) {
  struct { REAL (*of)(REAL, REAL); } r = {n > 9 ? even : odd};
  return r.of(x, y) + 2 * table[n - 2](x, y);
}
