// Several results through pointers.
//! ret REAL
//! out REAL x = 0.7
//! out REAL y = 1.3
#include "case.h"
NOINLINE static void polar(REAL x, REAL y, REAL *r, REAL *phi) {
  *r = sqrt(x * x + y * y);
  *phi = atan2(y, x);
}
REAL f(REAL x, REAL y) {
  REAL r, phi;
  polar(x, y, &r, &phi);
  return r * r * phi + sin(phi);
}
