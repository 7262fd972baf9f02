// Overlapping moves in both directions.
//! ret REAL
//! dup REAL a[6] = fill
#include "case.h"
REAL f(REAL *a) {
  memmove((void *)(a + 1), a, 4 * sizeof(REAL));
  a[0] = a[0] * a[1];
  memmove((void *)a, a + 2, 3 * sizeof(REAL));
  return a[0] * a[1] * a[2] + a[3] * a[5];
}
