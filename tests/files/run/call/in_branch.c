// A call in only one arm.
//! ret REAL
//! out REAL x = 0.7 | -0.7
#include "case.h"
NOINLINE static REAL g(REAL t) { return exp(t) * t; }
REAL f(REAL x) {
  REAL r = x * x;
  if (x > 0) r += g(r) * x;
  return r * r;
}
