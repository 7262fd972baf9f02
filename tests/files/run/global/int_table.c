// Indices from a global table.
//! ret REAL
//! dup REAL a[4] = fill
#include "case.h"
static const int perm[4] = {2, 0, 3, 1};
REAL f(const REAL *a) {
  REAL s = 1;
  for (int i = 0; i < 4; i++) s = s * a[perm[i]] + a[i];
  return s;
}
