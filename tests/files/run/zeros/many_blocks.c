// More iterations than are remembered; the first and the last ones depend on angles. A sum that starts anew is left
// in the middle of what could be stepped over.
//! ret REAL
//! dup REAL angles[6] = fill(-1, 1)
//! const REAL points[40] = fill(-1, 1)
//! const int n = 5
#include "case.h"
REAL f(const REAL *angles, const REAL *points, int n) {
  REAL t[12 * 300], total = 0;
  for (int b = 0; b < 300; b++)
    for (int k = 0; k < 12; k++)
      t[12 * b + k] = b % 90 == 1 || b > 297 ? sin(angles[k % 6] + b) : 0.1 * k - 0.002 * b;
  for (int i = 0; i < n; i++) {
    const REAL *p = points + 8 * i;
    REAL x = 0, y = 0, z = 0, last[3] = {0, 0, 0};
    for (int b = 0; b < 300; b++) {
      const REAL *c = t + 12 * b;
      last[0] = c[0] * p[0] + c[1] * p[1] + c[2] * p[2] + c[3];
      last[1] = c[4] * p[0] + c[5] * p[1] + c[6] * p[2] + c[7];
      last[2] = c[8] * p[0] + c[9] * p[1] + c[10] * p[2] + c[11];
      x += 0.01 * p[b % 8] * last[0];
      y += 0.01 * p[b % 8] * last[1];
      z -= 0.01 * p[b % 8] * last[2] * x;
    }
    total += x * y + y * z + x * x * x + last[0] * last[1] - last[2];
  }
  return total;
}
