// Of some blocks only the first rows depend on angles, of others only the last ones.
//! ret REAL
//! dup REAL angles[6] = fill(-1, 1)
//! const REAL points[40] = fill(-1, 1)
//! const int n = 5
//! const int m = 8
#include "case.h"
REAL f(const REAL *angles, const REAL *points, int n, int m) {
  REAL t[48 * 10], sums[6] = {0, 0, 0, 0, 0, 0}, total = 0;
  for (int b = 0; b < m; b++)
    for (int k = 0; k < 48; k++) {
      REAL moved = cos(angles[k % 6] + b + k);
      int depends = k < 24 ? b == 1 || b == 5 : b == 3 || b == 5;
      t[48 * b + k] = depends ? moved : 0.1 * k - 0.2 * b;
    }
  for (int i = 0; i < n; i++) {
    const REAL *p = points + 8 * i;
    REAL u = 0, v = 0, w = 0, x = 0, y = 0, z = 0;
    for (int b = 0; b < m; b++) {
      const REAL *c = t + 48 * b;
      REAL q = p[b];
      u += q * (c[0] * p[0] + c[1] * p[1] + c[2] * p[2] + c[3] * p[3] + c[4] * p[4] + c[5] * p[5] + c[6] * p[6] + c[7]);
      v -= q * (c[8] * p[0] + c[9] * p[1] + c[10] * p[2] + c[11] * p[3] + c[12] * p[4] + c[13] * p[5] + c[14] * p[6] + c[15]);
      w += q * (c[16] * p[0] + c[17] * p[1] + c[18] * p[2] + c[19] * p[3] + c[20] * p[4] + c[21] * p[5] + c[22] * p[6] + c[23]);
      x += q * (c[24] * p[0] + c[25] * p[1] + c[26] * p[2] + c[27] * p[3] + c[28] * p[4] + c[29] * p[5] + c[30] * p[6] + c[31]);
      y -= q * (c[32] * p[0] + c[33] * p[1] + c[34] * p[2] + c[35] * p[3] + c[36] * p[4] + c[37] * p[5] + c[38] * p[6] + c[39]);
      z += q * (c[40] * p[0] + c[41] * p[1] + c[42] * p[2] + c[43] * p[3] + c[44] * p[4] + c[45] * p[5] + c[46] * p[6] + c[47]);
    }
    sums[0] += u, sums[1] += v, sums[2] += w, sums[3] += x, sums[4] += y, sums[5] += z;
    total += 0.1 * (u * x + v * y - w * z);
  }
  return total + 0.1 * (sums[0] * sums[3] + sums[1] - sums[2] * sums[4] + sums[5]);
}
