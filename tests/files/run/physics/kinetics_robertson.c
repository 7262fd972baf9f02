// Chemical kinetics with rates of very different size, by a Rosenbrock step with a 3 by 3 solve.
//! ret REAL
//! dup REAL k[3] = 0.04 30 10
//! dup REAL y0[3] = 1 0.01 0.1
#include "case.h"
static void solve3(REAL m[3][4]) {
  for (int c = 0; c < 3; c++) {
    int p = c;
    for (int r = c + 1; r < 3; r++)
      if (fabs(m[r][c]) > fabs(m[p][c])) p = r;
    for (int j = 0; j < 4; j++) { REAL t = m[c][j]; m[c][j] = m[p][j]; m[p][j] = t; }
    for (int r = 0; r < 3; r++) {
      if (r == c) continue;
      REAL q = m[r][c] / m[c][c];
      for (int j = c; j < 4; j++) m[r][j] -= q * m[c][j];
    }
  }
  for (int c = 0; c < 3; c++) m[c][3] /= m[c][c];
}
REAL f(const REAL *k, const REAL *y0) {
  REAL y[3] = {y0[0], y0[1], y0[2]}, h = 0.05;
  for (int t = 0; t < 5; t++, h *= 1.5) {
    REAL r1 = k[0] * y[0], r2 = k[1] * y[1] * y[1], r3 = k[2] * y[1] * y[2];
    REAL m[3][4] = {{1 + h * k[0], -h * k[2] * y[2], -h * k[2] * y[1], h * (r3 - r1)},
                    {-h * k[0], 1 + h * (2 * k[1] * y[1] + k[2] * y[2]), h * k[2] * y[1], h * (r1 - r2 - r3)},
                    {0, -2 * h * k[1] * y[1], 1, h * r2}};
    solve3(m);
    for (int i = 0; i < 3; i++) y[i] += m[i][3];
  }
  return y[0] * y[2] + log(y[1]);
}
