// memmove by a distance that is no multiple of what was moved before; up and down in one array.
//! ret REAL
//! dup REAL a[9] = fill
//! const int d = 1 | 2 | 4
#include "case.h"
REAL f(REAL *a, int d) {
  memmove(a + d, a, (9 - d) * sizeof(REAL));
  a[0] *= a[d];
  memmove(a, a + 1, 5 * sizeof(REAL));
  REAL s = 0;
  for (int i = 0; i < 9; i++) s += a[i] * a[8 - i] * (i + 1);
  return s;
}
