// Products, quotients, conjugates and projections.
//! ret REAL
//! out REAL x = 0.7 | -1.3 | 0.4
//! out REAL y = -0.6 | 0.8 | 1.1
//! interpreted off it has no complex functions
#include "case_complex.h"
REAL f(REAL x, REAL y) {
  COMPLEX z = MAKE(x, y);
  COMPLEX r0 = z * z / MAKE(y, 2.0);
  COMPLEX r1 = MAKE(1.0, x) / (z * MAKE(0.5, y));
  COMPLEX r2 = conj(z) * z + cproj(z);
  return RE(r0) * 1 - IM(r0) * x + RE(r1) * 2 - IM(r1) * x + RE(r2) * 3 - IM(r2) * x;
}
