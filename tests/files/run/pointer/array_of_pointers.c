// Rows of a matrix behind an array of pointers.
//! ret REAL
//! dup REAL *rows[3]
//! mem REAL data[9] = fill
//! link @->rows[0] = @->data
//! link @->rows[1] = @->data + 3
//! link @->rows[2] = @->data + 6
#include "case.h"
REAL f(REAL **rows) {
  REAL s = 0;
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) s += rows[i][j] * rows[j][i];
  rows[0][0] = s;
  return s * rows[1][2];
}
