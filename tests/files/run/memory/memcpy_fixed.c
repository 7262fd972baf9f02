// A copy of constant size.
//! second refuse RZ0012 rf rr
//! ret REAL
//! dup REAL a[4] = fill
//! dup REAL b[4] = fill
#include "case.h"
REAL f(REAL *a, REAL *b) {
  memcpy((void *)b, a, 4 * sizeof(REAL));
  a[0] = b[0] * b[1];
  return a[0] * b[2] + a[3];
}
