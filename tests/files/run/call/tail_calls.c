// Functions that end by calling one another: a parser's states without a loop.
//! ret REAL
//! dup REAL a[8] = fill(-1, 1)
#include "case.h"
static REAL rising(const REAL *a, int n, REAL s);
static REAL falling(const REAL *a, int n, REAL s);
static NOINLINE REAL done(REAL s) { return s * s; }
static NOINLINE REAL rising(const REAL *a, int n, REAL s) {
  if (n == 0) return done(s);
  if (*a < 0) return falling(a, n, s * 1.5);
  return rising(a + 1, n - 1, s + *a * s);
}
static NOINLINE REAL falling(const REAL *a, int n, REAL s) {
  if (n == 0) return done(s) + 1;
  if (*a >= 0) return rising(a, n, s - 0.1);
  return falling(a + 1, n - 1, s * (1 + *a));
}
REAL f(const REAL *a) { return rising(a, 8, 1); }
