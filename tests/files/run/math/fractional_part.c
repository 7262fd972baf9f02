// x - floor(x): a sawtooth with slope one.
//! ret REAL
//! out REAL x = 2.3 | -7.7
#include "case.h"
REAL f(REAL x) {
  REAL t = x - floor(x);
  return t * t;
}
