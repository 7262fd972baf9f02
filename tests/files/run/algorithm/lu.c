// LU decomposition without pivoting, in place; the determinant.
//! ret REAL
//! dup REAL a[4][4] = 4 1 0.5 0.2  1 5 0.7 0.3  0.5 0.7 6 1  0.2 0.3 1 3
#include "case.h"
REAL f(REAL (*a)[4]) {
  for (int k = 0; k < 4; k++)
    for (int i = k + 1; i < 4; i++) {
      a[i][k] /= a[k][k];
      for (int j = k + 1; j < 4; j++) a[i][j] -= a[i][k] * a[k][j];
    }
  REAL det = 1;
  for (int k = 0; k < 4; k++) det *= a[k][k];
  return log(det);
}
