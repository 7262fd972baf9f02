// Values move between arrays of different precision.
//! ret REAL
//! dup REALF a[4] = fill
//! dup REAL b[4] = fill
#include "case.h"
REAL f(REALF *a, REAL *b) {
  for (int i = 0; i < 4; i++) {
    b[i] *= a[i];
    a[i] = (REALF)(b[i] + a[i]);
  }
  return b[0] * a[3];
}
