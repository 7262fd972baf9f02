// The trapezoidal rule for the heat equation: a tridiagonal solve in every step, coefficients from the material.
//! ret REAL
//! dup REAL u[8] = fill
//! dup REAL kappa[9] = fill
#include "case.h"
REAL f(const REAL *u, const REAL *kappa) {
  REAL t[8], c[8], d[8], s = 0;
  for (int i = 0; i < 8; i++) t[i] = u[i];
  for (int step = 0; step < 3; step++) {
    REAL beta = 0;
    for (int i = 0; i < 8; i++) {
      REAL a = -0.2 * kappa[i], e = -0.2 * kappa[i + 1], b = 1 - a - e;
      REAL left = i ? t[i - 1] : t[i], right = i < 7 ? t[i + 1] : t[i];
      d[i] = t[i] - a * (left - t[i]) - e * (right - t[i]);
      beta = i ? b - a * c[i - 1] : b;
      c[i] = e / beta;
      d[i] = (d[i] - (i ? a * d[i - 1] : 0 * a)) / beta;
    }
    t[7] = d[7];
    for (int i = 6; i >= 0; i--) t[i] = d[i] - c[i] * t[i + 1];
  }
  for (int i = 0; i < 8; i++) s += t[i] * t[i] * (i + 1);
  return s;
}
