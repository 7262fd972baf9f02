// An inactive result: only memory carries derivatives.
//! ret const REAL
//! out REAL x = 0.7
//! dup REAL a[2] = 1.5 2.5
#include "case.h"
REAL f(REAL x, REAL *a) {
  a[1] = a[0] * x;
  return x * 100.0;
}
