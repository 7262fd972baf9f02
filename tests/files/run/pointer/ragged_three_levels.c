// A table of tables of rows, of different depth, walked by triple pointers.
//! ret REAL
//! dup REAL a[6] = fill
#include "case.h"
REAL f(REAL *a) {
  REAL *r0[2] = {a, a + 3}, *r1[1] = {a + 1}, *r2[3] = {a + 2, a, a + 4}, **t[3] = {r0, r1, r2}, s = 0;
  static const int rows[3] = {2, 1, 3};
  for (int i = 0; i < 3; i++)
    for (REAL **p = t[i]; p < t[i] + rows[i]; p++) {
      **p *= (*p)[1];
      s += **p * (i + 1);
    }
  REAL **swap = t[0];
  t[0] = t[2], t[2] = swap;
  t[0][1] = t[2][1];
  return s * *t[0][1] + t[2][0][5];
}
