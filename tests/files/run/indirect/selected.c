// One of two functions, chosen by an argument or by an active comparison.
//! ret REAL
//! out REAL x = 0.7 | -1.25
//! const int k = 0 | 1
#include "case.h"
static NOINLINE REAL square(REAL t) { return t * t; }
static NOINLINE REAL cube(REAL t) { return t * t * t; }
REAL f(REAL x, int k) {
  REAL (*g)(REAL) = k ? square : cube;
  REAL (*h)(REAL) = x > 0 ? square : cube;
  return g(x) * h(x + 1);
}
