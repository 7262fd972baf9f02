// Brent's method, simplified, on functions from a table, with parameters behind a pointer.
//! ret REAL
//! dup REAL p[2] = 1.3 0.4
//! const int which = 0 | 1 | 2
#include "case.h"
typedef REAL (*function)(REAL, const REAL *);
static REAL cubic(REAL x, const REAL *p) { return x * x * x - p[0] * x - p[1]; }
static REAL transcendental(REAL x, const REAL *p) { return x * exp(x * p[1]) - p[0]; }
static REAL angle(REAL x, const REAL *p) { return cos(x) - p[1] * x * p[0]; }
static function const table[3] = {cubic, transcendental, angle};
static NOINLINE REAL root(function g, const REAL *p, REAL a, REAL b) {
  REAL fa = g(a, p), fb = g(b, p);
  for (int i = 0; i < 60; i++) {
    REAL s = b - fb * (b - a) / (fb - fa);
    if ((s - a) * (s - b) >= 0) s = 0.5 * (a + b);
    REAL fs = g(s, p);
    if (fs == 0 || fabs(s - b) < 1e-15) return s;
    if (fs * fb < 0) a = b, fa = fb;
    else fa = fa * 0.5;
    b = s, fb = fs;
  }
  return b;
}
REAL f(const REAL *p, int which) { return root(table[which], p, 0.1 + 0 * p[0], 2.5 + 0 * p[0]); }
