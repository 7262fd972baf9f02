// Constant trip counts that are fully unrolled.
//! ret REAL
//! dup REAL a[4] = fill
#include "case.h"
REAL f(REAL *a) {
  for (int k = 0; k < 3; k++)
    for (int i = 0; i < 4; i++) a[i] = a[i] * a[(i + 1) & 3];
  return a[0] + a[1] * a[2];
}
