// Called only for what it writes.
//! ret REAL
//! out REAL x = 0.7
#include "case.h"
NOINLINE static REAL g(REAL t, REAL *out) {
  *out = t * t;
  return t * 100.0;
}
REAL f(REAL x) {
  REAL r;
  g(x, &r);
  return r * x;
}
