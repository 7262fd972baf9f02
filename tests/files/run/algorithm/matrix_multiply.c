// C = A B, then a scalar of C.
//! dup REAL a[3][4] = fill
//! dup REAL b[4][2] = fill
//! dup REAL c[3][2] = fill
#include "case.h"
void f(const REAL (*a)[4], const REAL (*b)[2], REAL (*c)[2]) {
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 2; j++) {
      REAL s = 0;
      for (int k = 0; k < 4; k++) s += a[i][k] * b[k][j];
      c[i][j] = s;
    }
}
