// Gather through an integer table.
//! ret REAL
//! dup REAL a[6] = fill
//! const int ix[5] = 3 0 3 5 1
#include "case.h"
REAL f(const REAL *a, const int *ix) {
  REAL s = 1;
  for (int i = 0; i < 5; i++) s = s * a[ix[i]] + a[ix[(i + 1) % 5]];
  return s;
}
