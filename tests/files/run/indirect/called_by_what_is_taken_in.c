// What a pointer leads to is inlined, and calls a function that lost a parameter where it is differentiated too.
//! ret REAL
//! out REAL x = 0.6 | -0.4
//! dup REAL a[4] = 1 2 3 4 | 4 3 2 1
//! const int n = 1 | 2
#include "case.h"
NOINLINE static REAL inner(REAL s, REAL t) {
  REAL u = t;
  if (1) return log(2 + cos(u)) * u;
  return s;
}
static REAL outer(REAL s, REAL t) { return inner(s, t * s) + s; }
REAL f(REAL x, REAL *a, int n) {
  REAL (*g)(REAL, REAL) = outer;
  REAL (*h)(REAL, REAL) = n > 1 ? outer : inner;
  a[n] -= sin(g(a[0], x));
  return x * cos(inner(x, x)) + h(x, a[1]) * outer(a[2], 0.75);
}
