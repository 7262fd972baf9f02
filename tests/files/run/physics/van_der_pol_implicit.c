// Implicit Euler with a Newton solve for the stage in every step: a stiff oscillator.
//! ret REAL
//! out REAL mu = 2 | 0.5
//! out REAL y0 = 1.5
#include "case.h"
REAL f(REAL mu, REAL y0) {
  REAL y = y0, v = 0, h = 0.1;
  for (int t = 0; t < 8; t++) {
    REAL yn = y, vn = v;
    for (int k = 0; k < 4; k++) {
      REAL r1 = yn - y - h * vn, r2 = vn - v - h * (mu * (1 - yn * yn) * vn - yn);
      REAL a21 = h * (2 * mu * yn * vn + 1), a22 = 1 - h * mu * (1 - yn * yn);
      REAL det = a22 + h * a21;
      yn -= (r1 * a22 + h * r2) / det;
      vn -= (r2 - a21 * r1) / det;
    }
    y = yn, v = vn;
  }
  return y * y + v;
}
