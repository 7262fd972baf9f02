// Lloyd's iterations: points go to the nearest centre, centres to the mean of their points; empty ones stay.
//! ret REAL
//! dup REAL p[16] = fill(-1, 1)
#include "case.h"
REAL f(const REAL *p) {
  REAL c[3][2] = {{-0.5, 0.5}, {0.5, 0.4}, {0.1, -0.6}}, spread = 0;
  int of[8];
  for (int round = 0; round < 3; round++) {
    REAL sum[3][2] = {{0, 0}, {0, 0}, {0, 0}};
    int count[3] = {0, 0, 0};
    for (int i = 0; i < 8; i++) {
      REAL best = 1e9;
      for (int k = 0; k < 3; k++) {
        REAL dx = p[2 * i] - c[k][0], dy = p[2 * i + 1] - c[k][1], d = dx * dx + dy * dy;
        if (d < best) best = d, of[i] = k;
      }
      count[of[i]]++;
      sum[of[i]][0] += p[2 * i], sum[of[i]][1] += p[2 * i + 1];
    }
    for (int k = 0; k < 3; k++)
      if (count[k]) c[k][0] = sum[k][0] / count[k], c[k][1] = sum[k][1] / count[k];
  }
  for (int i = 0; i < 8; i++) spread += hypot(p[2 * i] - c[of[i]][0], p[2 * i + 1] - c[of[i]][1]);
  return spread;
}
