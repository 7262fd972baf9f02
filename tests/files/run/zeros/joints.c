// Only some of the frames that points are moved by depend on an angle, others in the next round.
//! ret REAL
//! dup REAL angles[6] = fill(-1, 1)
//! const REAL points[40] = fill(-1, 1)
//! const int n = 5
//! const int m = 8
#include "case.h"
REAL f(const REAL *angles, const REAL *points, int n, int m) {
  REAL t[12 * 40], total = 0;
  for (int round = 0; round < 3; round++) {
    for (int b = 0; b < m; b++)
      for (int k = 0; k < 12; k++)
        t[12 * b + k] = 0.1 * k - 0.2 * b + 0.05 * b * k;
    for (int k = 0; k < 12; k++)
      t[12 * (2 * round + 1) + k] += sin(angles[2 * round] + 0.1 * k) * angles[2 * round + 1];
    for (int i = 0; i < n; i++) {
      const REAL *p = points + 8 * i;
      REAL x = 0, y = 0, z = 0;
      for (int b = 0; b < m; b++) {
        const REAL *c = t + 12 * b;
        x += p[b] * (c[0] * p[0] + c[1] * p[1] + c[2] * p[2] + c[3]);
        y += p[b] * (c[4] * p[0] + c[5] * p[1] + c[6] * p[2] + c[7]);
        z -= p[b] * (c[8] * p[0] + c[9] * p[1] + c[10] * p[2] + c[11]);
      }
      total += x * y + y * z + x * x * x;
    }
  }
  return total;
}
