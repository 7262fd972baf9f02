// Pointers in memory are exchanged, with their shadows.
//! ret REAL
//! dup REAL *rows[2]
//! mem REAL data[4] = fill
//! link @->rows[0] = @->data
//! link @->rows[1] = @->data + 2
#include "case.h"
REAL f(REAL **rows) {
  REAL *t = rows[0];
  rows[0] = rows[1];
  rows[1] = t;
  rows[0][0] = rows[0][0] * rows[1][1];
  return rows[0][0] * rows[1][0];
}
