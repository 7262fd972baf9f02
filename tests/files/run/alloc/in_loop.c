// An allocation for every iteration, freed in it.
//! ret REAL
//! dup REAL a[4] = fill
#include "case.h"
REAL f(const REAL *a) {
  REAL s = 1;
  for (int k = 0; k < 4; k++) {
    REAL *t = (REAL *)malloc(2 * sizeof(REAL));
    t[0] = a[k] * s;
    t[1] = sin(t[0]);
    s = t[0] * t[1] + s;
    free(t);
  }
  return s;
}
