// Differences of positions in small local arrays, overwritten from pair to pair, with short loops over them.
//! ret REAL
//! dup REAL x[12] = fill(-1, 1)
//! dup REAL charge[4] = 1 -0.5 0.7 1.3
//! out REAL soft = 0.3
#include "case.h"
REAL f(REAL *x, REAL *charge, REAL soft) {
  REAL force[3], energy = 0;
  for (int i = 0; i < 4; i++) {
    for (int c = 0; c < 3; c++) force[c] = 0;
    for (int j = 0; j < 4; j++) {
      if (j == i) continue;
      REAL d[3], square = soft;
      for (int c = 0; c < 3; c++) {
        d[c] = x[3 * j + c] - x[3 * i + c];
        square += d[c] * d[c];
      }
      REAL pull = charge[i] * charge[j] / (square * sqrt(square));
      for (int c = 2; c >= 0; c--) force[c] += pull * d[c];
    }
    for (int c = 0; c < 3; c++) energy += force[c] * force[c] * (c + 1);
  }
  return energy;
}
