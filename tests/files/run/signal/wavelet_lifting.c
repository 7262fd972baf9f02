// Predict and update steps of a wavelet in place, level by level with a growing stride, then a threshold.
//! ret REAL
//! dup REAL x[16] = fill(-1, 1)
#include "case.h"
REAL f(REAL *x) {
  REAL energy = 0;
  for (int s = 1; s < 16; s *= 2) {
    for (int i = s; i < 16; i += 2 * s) x[i] -= 0.5 * (x[i - s] + x[i + s < 16 ? i + s : i - s]);
    for (int i = 0; i < 16; i += 2 * s) x[i] += 0.25 * (x[i - s >= 0 ? i - s : i + s] + x[i + s]);
  }
  for (int i = 0; i < 16; i++) {
    REAL a = fabs(x[i]);
    energy += a > 0.2 ? (a - 0.2) * x[i] : 0 * a;
  }
  return energy + x[0];
}
