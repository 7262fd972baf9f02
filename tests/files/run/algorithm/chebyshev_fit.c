// Coefficients by a cosine sum, differentiated by recurrence, evaluated by Clenshaw.
//! ret REAL
//! dup REAL sample[8] = fill(-1, 1)
//! out REAL x = 0.35
#include "case.h"
REAL f(const REAL *sample, REAL x) {
  REAL c[8], d[9];
  for (int k = 0; k < 8; k++) {
    c[k] = 0;
    for (int j = 0; j < 8; j++) c[k] += sample[j] * cos(3.141592653589793 * k * (j + 0.5) / 8) / 4;
  }
  d[8] = d[7] = 0;
  for (int k = 6; k >= 0; k--) d[k] = d[k + 2] + 2 * (k + 1) * c[k + 1];
  REAL b1 = 0, b2 = 0;
  for (int k = 7; k > 0; k--) {
    REAL t = 2 * x * b1 - b2 + d[k];
    b2 = b1, b1 = t;
  }
  return x * b1 - b2 + 0.5 * d[0];
}
