// Only the nearest centre has a derivative; the loop writes, so its iterations cannot be done again.
//! ret REAL
//! dup REAL x[12] = fill(-1, 2)
//! dup REAL p[9] = fill(-1.5, 1.5)
//! const int k = 4
//! dup REAL all[12] = 0 0 0 0 0 0 0 0 0 0 0 0
#include "case.h"
REAL f(const REAL *x, const REAL *p, int k, REAL *all) {
  REAL sum = 0;
  for (int i = 0; i < 3; i++) {
    REAL least = 0;
    for (int j = 0; j < k; j++) {
      REAL d = 0;
      for (int c = 0; c < 3; c++)
        d += (p[3 * i + c] - x[3 * j + c]) * (p[3 * i + c] - x[3 * j + c]);
      all[i * k + j] = j;
      if (j == 0 || d < least)
        least = d;
    }
    sum += least;
  }
  return sum;
}
