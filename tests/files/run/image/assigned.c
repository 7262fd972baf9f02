// Elements are copied as integers at constant indices and written as floats at variable ones.
//! ret REAL
//! out REAL x = 1.25 | 0.75
//! dup REAL a[4] = 0.5 1.25 2.5 0.75 | fill(-1, 2)
//! const int n = 3 | 2
#include "case.h"
REAL f(REAL x, REAL *a, int n) {
  WORD b[4];
  for (int i = 0; i < 4; i++) {
    REAL v = x * a[i];
    memcpy((void *)&b[i], &v, sizeof v);
  }
  b[0] = b[2];
  if (n > 2) b[1] = b[0];
  REAL r = 0;
  for (int i = 0; i < 4; i++) {
    REAL v;
    memcpy((void *)&v, &b[i], sizeof v);
    r += v * (i + 1);
  }
  return r;
}
