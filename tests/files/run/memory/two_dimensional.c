// A local matrix filled by rows and read by columns.
//! ret REAL
//! dup REAL a[4] = fill
#include "case.h"
REAL f(const REAL *a) {
  REAL m[4][4];
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 4; j++) m[i][j] = a[i] * a[j] + i - j;
  REAL s = 1;
  for (int j = 0; j < 4; j++)
    for (int i = 0; i < 4; i++) s = s * 0.25 + m[i][j] * m[j][i];
  return s;
}
