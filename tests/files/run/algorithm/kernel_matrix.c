// All pairs, with a symmetric shortcut.
//! ret REAL
//! dup REAL x[4][2] = fill(-1, 1)
//! out REAL scale = 0.8
#include "case.h"
REAL f(const REAL (*x)[2], REAL scale) {
  REAL s = 0;
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < i; j++) {
      REAL d2 = 0;
      for (int k = 0; k < 2; k++) d2 += (x[i][k] - x[j][k]) * (x[i][k] - x[j][k]);
      s += 2.0 * exp(-d2 / (scale * scale));
    }
  return s;
}
