// Localization by bearings to landmarks; the covariance is updated with the Jacobians at the estimate.
//! ret REAL
//! dup REAL bearing[4] = 0.7 0.5 1 0.9
//! dup REAL landmark[4] = 3 2 1 4
//! out REAL noise = 0.1
#include "case.h"
REAL f(const REAL *bearing, const REAL *landmark, REAL noise) {
  REAL x[2] = {0.2, 0.1}, P[2][2] = {{0.5, 0.1}, {0.1, 0.4}};
  for (int t = 0; t < 4; t++) {
    x[0] += 0.3, x[1] += 0.1 * x[0];
    P[1][1] += 0.2 * 0.1 * P[0][1] + 0.01 * P[0][0] + 0.02;
    P[0][1] += 0.1 * P[0][0], P[1][0] = P[0][1];
    const REAL *l = landmark + t % 2 * 2;
    REAL dx = l[0] - x[0], dy = l[1] - x[1], r2 = dx * dx + dy * dy, H[2] = {dy / r2, -dx / r2};
    REAL PH[2] = {P[0][0] * H[0] + P[0][1] * H[1], P[1][0] * H[0] + P[1][1] * H[1]};
    REAL S = H[0] * PH[0] + H[1] * PH[1] + noise * noise, e = bearing[t] - atan2(dy, dx);
    for (int i = 0; i < 2; i++) x[i] += PH[i] / S * e;
    for (int i = 0; i < 2; i++)
      for (int j = 0; j < 2; j++) P[i][j] -= PH[i] * PH[j] / S;
  }
  return x[0] * x[1] + P[0][0] * P[1][1] - P[0][1] * P[1][0];
}
