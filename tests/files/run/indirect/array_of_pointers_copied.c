// A local array of functions is filled from a constant one: no other instruction names the second function.
//! ret REAL
//! out REAL x = 0.6 | -0.4
//! dup REAL a[4] = 1 2 3 4 | 4 3 2 1
//! const int n = 1 | 2
#include "case.h"
NOINLINE static REAL wave(REAL s, REAL t) { return sin(s) * t; }
NOINLINE static REAL bend(REAL s, REAL t) { return s / (2 + t * t); }
NOINLINE static REAL both(REAL (*const *of)(REAL, REAL), int n, REAL s, REAL t) { return of[n % 2](s, t); }
REAL f(REAL x, REAL *a, int n) {
  REAL (*of[2])(REAL, REAL) = {wave, bend};
  of[(n + 1) % 2] = wave;
  a[n] *= cos(of[0](x, a[0])) + both(of, n + 1, a[1], x);
  return a[n] * x;
}
