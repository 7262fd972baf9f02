// Storing a constant kills the derivative of the place.
//! ret REAL
//! dup REAL a[2] = 0.5 1.5
#include "case.h"
REAL f(REAL *a) {
  REAL r = a[0] * a[1];
  a[0] = 2.0;
  return r + a[0] * a[1];
}
