// Real functions of a complex number.
//! ret REAL
//! out REAL x = 0.7 | -1.3 | 0.4
//! out REAL y = -0.6 | 0.8 | 1.1
//! interpreted off it has no complex functions
#include "case_complex.h"
REAL f(REAL x, REAL y) {
  COMPLEX z = MAKE(x, y);
  return cabs(z) * carg(z) + cabs(z * z) * x;
}
