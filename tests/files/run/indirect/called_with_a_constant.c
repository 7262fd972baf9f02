// Called directly with a constant only, and through a pointer with something else.
//! ret REAL
//! out REAL x = 0.6 | -0.4
//! out REAL y = 1.5 | 0.7
//! const int n = 3 | 4
#include "case.h"
NOINLINE static REAL power(REAL s, REAL t) {
  REAL r = s;
  for (int i = 0; i < 3; i++) r = r * s + t;
  return r;
}
NOINLINE static REAL other(REAL s, REAL t) { return sin(s) * power(t, 0.75); }
REAL f(REAL x, REAL y, int n) {
  REAL (*g)(REAL, REAL) = n % 3 ? power : other;
  return g(x, y) * power(y, 0.75) + other(x, x);
}
