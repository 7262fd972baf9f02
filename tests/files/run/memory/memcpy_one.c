// A copy of eight bytes, which the compiler turns into an integer load and store.
//! ret REAL
//! dup REAL a[2] = fill
//! dup REAL b[2] = fill
#include "case.h"
REAL f(const REAL *a, REAL *b) {
  memcpy((void *)&b[1], &a[0], sizeof(REAL));
  return b[0] * b[1] * a[1];
}
