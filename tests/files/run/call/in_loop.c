// A call in a loop: a tape of every iteration.
//! ret REAL
//! dup REAL a[5] = fill
//! const int n = 5
#include "case.h"
NOINLINE static REAL step(REAL s, REAL t) {
  REAL u = sin(s * t);
  return u * u + s * 0.5;
}
REAL f(const REAL *a, int n) {
  REAL s = 1;
  for (int i = 0; i < n; i++) s = step(s, a[i]);
  return s;
}
