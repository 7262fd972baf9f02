// A failing assertion never returns; the passing one costs nothing.
//! ret REAL
//! out REAL x = 0.7
#include "case.h"
REAL f(REAL x) {
  assert(x > 0 && "x must be positive");
  REAL r = log(x);
  assert(r < 10);
  return r * x;
}
