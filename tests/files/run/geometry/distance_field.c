// A scene of primitives joined smoothly; a ray marches until it is close, its colour is a normal by differences.
//! ret REAL
//! dup REAL sphere[4] = 0.2 -0.1 3 1
//! dup REAL box[3] = 0.6 0.5 0.4
//! out REAL k = 0.3
#include "case.h"
static REAL scene(REAL x, REAL y, REAL z, const REAL *sphere, const REAL *box, REAL k) {
  REAL dx = x - sphere[0], dy = y - sphere[1], dz = z - sphere[2], a = sqrt(dx * dx + dy * dy + dz * dz) - sphere[3];
  REAL qx = fmax(fabs(x + 0.5) - box[0], 0.01 * box[0]), qy = fmax(fabs(y) - box[1], 0.01 * box[1]), qz = fmax(fabs(z - 2.5) - box[2], 0.01 * box[2]);
  REAL b = sqrt(qx * qx + qy * qy + qz * qz) - 0.1, h = 0.5 + 0.5 * (b - a) / k;
  h = h < 0 ? 0 * h : h > 1 ? 1 + 0 * h : h;
  return b + (a - b) * h - k * h * (1 - h);
}
REAL f(const REAL *sphere, const REAL *box, REAL k) {
  REAL total = 0;
  for (int ray = 0; ray < 4; ray++) {
    REAL t = 0.5, d = 1, u = -0.3 + 0.2 * ray, v = 0.1 * ray - 0.15;
    for (int step = 0; step < 20 && t < 6; step++) {
      d = scene(u * t, v * t, t, sphere, box, k);
      if (d < 1e-3) break;
      t += 0.8 * d;
    }
    REAL n = scene(u * t + 0.01, v * t, t, sphere, box, k) - scene(u * t - 0.01, v * t, t, sphere, box, k);
    total += t + 3 * n;
  }
  return total;
}
