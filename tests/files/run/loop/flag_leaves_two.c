// Two nested loops are left by a flag that is tested in both.
//! ret REAL
//! dup REAL m[16] = fill
//! out REAL limit = 6 | 100 | 0.1
#include "case.h"
REAL f(const REAL *m, REAL limit) {
  REAL s = 0, last = 1;
  int found = 0;
  for (int i = 0; i < 4 && !found; i++)
    for (int j = 0; j < 4 && !found; j++) {
      s += m[4 * i + j] * last;
      last = m[4 * i + j];
      if (s > limit) found = 1;
    }
  return found ? s - limit : s * limit;
}
