// Arrays with their sizes in the signature, passed on in parts, with pointers to arrays.
//! ret REAL
//! dup REAL m[12] = fill
#include "case.h"
static NOINLINE REAL row_sum(const REAL (*row)[4], int k) { return (*row)[k] * (*row)[(k + 1) % 4]; }
static NOINLINE void scale_columns(REAL m[][4], int rows, const REAL by[4]) {
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < 4; j++) m[i][j] *= by[j];
}
REAL f(REAL *flat) {
  REAL m[3][4], s = 0;
  memcpy(m, flat, sizeof m);
  scale_columns(m + 1, 2, m[0]);
  scale_columns(m, 1, m[2]);
  for (int i = 0; i < 3; i++) s += row_sum((const REAL (*)[4])&m[i], i);
  return s;
}
