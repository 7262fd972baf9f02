// The pointer is handed down a recursion that is not inlined.
//! ret REAL
//! out REAL x = 0.7 | -1.25
//! const int n = 4
#include "case.h"
static NOINLINE REAL square(REAL t) { return t * t * 0.9; }
static NOINLINE REAL half(REAL t) { return 0.5 * t; }
static NOINLINE REAL repeat(REAL (*g)(REAL), REAL (*h)(REAL), REAL t, int n) {
  if (n == 0) return t;
  return repeat(h, g, g(t) + t, n - 1);
}
REAL f(REAL x, int n) { return repeat(square, half, x, n); }
