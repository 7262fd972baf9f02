// The callee returns at different places in each call.
//! ret REAL
//! dup REAL a[4] = 0.5 -1.5 2.5 12
#include "case.h"
NOINLINE static REAL g(REAL t) {
  if (t < 0) return -t * t;
  for (int i = 0; i < 5; i++) {
    t = t * t - 0.25;
    if (t > 10) return t;
  }
  return sin(t);
}
REAL f(const REAL *a) {
  REAL s = 0;
  for (int i = 0; i < 4; i++) s += g(a[i]) * a[i];
  return s;
}
