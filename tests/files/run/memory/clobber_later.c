// A loaded value is needed after later code overwrote its place.
//! ret REAL
//! dup REAL a[3] = 0.5 1.5 2
#include "case.h"
REAL f(REAL *a) {
  REAL v = a[0], w = a[1];
  REAL r = v * v * w;
  a[0] = r;
  a[1] = r * a[2];
  a[2] = 7;
  return r * a[1];
}
