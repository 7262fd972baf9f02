// One matrix is written by its rows and read as one array, with another stride.
//! ret REAL
//! dup REAL a[6] = fill
//! const int n = 2
#include "case.h"
REAL f(REAL *a, int n) {
  REAL m[3][4];
  REAL *row[3] = {m[2], m[0], m[1]};
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 4; j++) row[i][j] = a[(i + j) % 6] * (REAL)(i + 1);
  REAL *flat = &m[0][0], s = 0;
  for (int k = n; k < 12; k += 3) s += flat[k] * flat[11 - k];
  return s * flat[5];
}
