// Compressed rows times a vector.
//! ret REAL
//! dup REAL values[7] = fill
//! const int column[7] = 0 2 1 0 3 2 3
//! const int start[5] = 0 2 3 5 7
//! dup REAL x[4] = fill
#include "case.h"
REAL f(const REAL *values, const int *column, const int *start, const REAL *x) {
  REAL s = 0;
  for (int i = 0; i < 4; i++) {
    REAL y = 0;
    for (int k = start[i]; k < start[i + 1]; k++) y += values[k] * x[column[k]];
    s += y * y;
  }
  return s;
}
