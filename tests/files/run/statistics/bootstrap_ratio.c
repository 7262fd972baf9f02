// Resamples by an own generator, a ratio for each, and the spread of the ratios.
//! ret REAL
//! dup REAL x[7] = fill
//! dup REAL y[7] = fill
#include "case.h"
REAL f(const REAL *x, const REAL *y) {
  uint64_t s = 42;
  REAL mean = 0, square = 0;
  for (int b = 0; b < 8; b++) {
    REAL sx = 0, sy = 0;
    for (int i = 0; i < 7; i++) {
      s = s * 6364136223846793005u + 1442695040888963407u;
      int k = (int)(s >> 33) % 7;
      sx += x[k], sy += y[k];
    }
    REAL r = sx / sy;
    mean += r / 8, square += r * r / 8;
  }
  return sqrt(square - mean * mean) + mean;
}
