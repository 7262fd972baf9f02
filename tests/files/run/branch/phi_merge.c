// A phi takes its derivative only on the edge that was taken.
//! ret REAL
//! out REAL x = 0.7 | -0.7
//! out REAL y = 1.5
#include "case.h"
NOINLINE static REAL heavy(REAL t) { return exp(t) * sin(t); }
REAL f(REAL x, REAL y) {
  REAL t;
  if (x < 0) t = heavy(y) * x;
  else t = heavy(x) + y;
  return t * t;
}
