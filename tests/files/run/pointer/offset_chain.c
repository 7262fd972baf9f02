// Nested offsets with negative indices.
//! ret REAL
//! dup REAL a[8] = fill
#include "case.h"
REAL f(REAL *a) {
  REAL *mid = a + 4;
  for (int i = -4; i < 4; i++) mid[i] = mid[i] * mid[-1 - i];
  return mid[-2] * mid[1] + mid[3];
}
