// Mantissa and exponent taken apart and put together.
//! ret REAL
//! out REAL x = 2.3 | -77.7
#include "case.h"
REAL f(REAL x) {
  int e;
  REAL m = frexp(x, &e);
  return ldexp(m * m, e) + scalbn(x, 3) * x;
}
