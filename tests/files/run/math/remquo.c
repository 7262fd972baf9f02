// The quotient goes to integer memory.
//! ret REAL
//! out REAL x = 17.3 | -5.25
//! out REAL y = 2.5 | 2
#include "case.h"
REAL f(REAL x, REAL y) {
  int q = 0;
  REAL r = remquo(x, y, &q);
  return r * x * (1 + (q & 1));
}
