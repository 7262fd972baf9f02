// Nine velocities on a small torus: collide towards equilibrium, then stream to neighbours.
//! ret REAL
//! dup REAL f0[81] = fill(0.05, 0.15)
//! out REAL omega = 1.2
#include "case.h"
static const int cx[9] = {0, 1, 0, -1, 0, 1, -1, -1, 1}, cy[9] = {0, 0, 1, 0, -1, 1, 1, -1, -1};
static const double w[9] = {4 / 9., 1 / 9., 1 / 9., 1 / 9., 1 / 9., 1 / 36., 1 / 36., 1 / 36., 1 / 36.};
REAL f(const REAL *f0, REAL omega) {
  REAL a[9][9], b[9][9], drag = 0;
  memcpy(a, f0, sizeof a);
  for (int t = 0; t < 2; t++) {
    for (int c = 0; c < 9; c++) {
      REAL rho = 0, ux = 0, uy = 0;
      for (int k = 0; k < 9; k++) rho += a[c][k], ux += cx[k] * a[c][k], uy += cy[k] * a[c][k];
      ux /= rho, uy /= rho;
      for (int k = 0; k < 9; k++) {
        REAL cu = cx[k] * ux + cy[k] * uy;
        REAL eq = w[k] * rho * (1 + 3 * cu + 4.5 * cu * cu - 1.5 * (ux * ux + uy * uy));
        int x = (c % 3 + cx[k] + 3) % 3, y = (c / 3 + cy[k] + 3) % 3;
        b[3 * y + x][k] = a[c][k] + omega * (eq - a[c][k]);
      }
    }
    memcpy(a, b, sizeof a);
  }
  for (int c = 0; c < 9; c++) drag += (a[c][1] - a[c][3]) * (c + 1);
  return drag;
}
