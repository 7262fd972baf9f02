// Cyclic rotations of a symmetric matrix until it is nearly diagonal: the number of sweeps is not known.
//! ret REAL
//! dup REAL a[10] = 4 0.5 3 0.2 0.4 2 0.1 0.3 0.6 1
#include "case.h"
REAL f(const REAL *a) {
  REAL m[4][4];
  for (int i = 0, k = 0; i < 4; i++)
    for (int j = 0; j <= i; j++, k++) m[i][j] = m[j][i] = a[k];
  for (int sweep = 0; sweep < 10; sweep++) {
    REAL off = 0;
    for (int i = 0; i < 4; i++)
      for (int j = 0; j < i; j++) off += m[i][j] * m[i][j];
    if (off < 1e-12) break;
    for (int p = 1; p < 4; p++)
      for (int q = 0; q < p; q++) {
        REAL theta = 0.5 * atan2(2 * m[p][q], m[q][q] - m[p][p]), c = cos(theta), s = sin(theta);
        for (int k = 0; k < 4; k++) {
          REAL x = m[k][p], y = m[k][q];
          m[k][p] = c * x - s * y, m[k][q] = s * x + c * y;
        }
        for (int k = 0; k < 4; k++) {
          REAL x = m[p][k], y = m[q][k];
          m[p][k] = c * x - s * y, m[q][k] = s * x + c * y;
        }
      }
  }
  return exp(-m[0][0]) + m[1][1] * m[2][2] + m[3][3];
}
