// One-sided Jacobi rotations make columns orthogonal; singular values are their lengths.
//! ret REAL
//! dup REAL a[9] = 2 0.3 0.5 0.1 1.5 0.4 0.2 0.6 1
#include "case.h"
REAL f(const REAL *a) {
  REAL m[3][3], sum = 0;
  memcpy(m, a, sizeof m);
  for (int sweep = 0; sweep < 5; sweep++)
    for (int p = 0; p < 2; p++)
      for (int q = p + 1; q < 3; q++) {
        REAL alpha = 0, beta = 0, gamma = 0;
        for (int i = 0; i < 3; i++) alpha += m[i][p] * m[i][p], beta += m[i][q] * m[i][q], gamma += m[i][p] * m[i][q];
        if (fabs(gamma) < 1e-13) continue;
        REAL zeta = (beta - alpha) / (2 * gamma), t = (zeta > 0 ? 1 : -1) / (fabs(zeta) + sqrt(1 + zeta * zeta));
        REAL c = 1 / sqrt(1 + t * t), s = c * t;
        for (int i = 0; i < 3; i++) {
          REAL x = m[i][p];
          m[i][p] = c * x - s * m[i][q];
          m[i][q] = s * x + c * m[i][q];
        }
      }
  for (int j = 0; j < 3; j++) {
    REAL n = 0;
    for (int i = 0; i < 3; i++) n += m[i][j] * m[i][j];
    sum += log(n) * (j + 1) + sqrt(n);
  }
  return sum;
}
