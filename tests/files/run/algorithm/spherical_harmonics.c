// Associated Legendre functions by recurrences in degree and order, summed with coefficients.
//! ret REAL
//! out REAL theta = 0.8
//! out REAL phi = 1.9
//! dup REAL c[10] = fill(-1, 1)
#include "case.h"
REAL f(REAL theta, REAL phi, const REAL *c) {
  REAL P[4][4], x = cos(theta), s = sin(theta), sum = 0;
  P[0][0] = 1;
  for (int m = 1; m < 4; m++) P[m][m] = (1 - 2 * m) * s * P[m - 1][m - 1];
  for (int m = 0; m < 3; m++) P[m + 1][m] = x * (2 * m + 1) * P[m][m];
  for (int m = 0; m < 2; m++)
    for (int l = m + 2; l < 4; l++) P[l][m] = (x * (2 * l - 1) * P[l - 1][m] - (l + m - 1) * P[l - 2][m]) / (l - m);
  for (int l = 0, k = 0; l < 4; l++)
    for (int m = 0; m <= l; m++, k++) sum += c[k] * P[l][m] * cos(m * phi);
  return sum * sum;
}
