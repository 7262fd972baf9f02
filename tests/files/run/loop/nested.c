// A loop in a loop over a matrix.
//! ret REAL
//! dup REAL m[3][4] = fill
//! dup REAL v[4] = fill
#include "case.h"
REAL f(REAL (*m)[4], const REAL *v) {
  REAL s = 0;
  for (int i = 0; i < 3; i++) {
    REAL row = 0;
    for (int j = 0; j < 4; j++) row += m[i][j] * v[j];
    s += row * row;
  }
  return s;
}
