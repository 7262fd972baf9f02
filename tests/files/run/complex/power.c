// Powers whose base and exponent both vary.
//! ret REAL
//! out REAL x = 0.7 | -1.3 | 0.4
//! out REAL y = -0.6 | 0.8 | 1.1
//! interpreted off it has no complex functions
#include "case_complex.h"
REAL f(REAL x, REAL y) {
  COMPLEX z = MAKE(x, y);
  COMPLEX r0 = cpow(z, MAKE(y, x));
  COMPLEX r1 = cpow(MAKE(x * x, 0.3), z);
  return RE(r0) * 1 - IM(r0) * x + RE(r1) * 2 - IM(r1) * x;
}
