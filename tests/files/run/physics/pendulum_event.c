// A bouncing ball: steps until the ground is hit, the time of impact by a secant, energy lost in each bounce.
//! ret REAL
//! out REAL height = 1.2 | 2
//! out REAL restitution = 0.7
#include "case.h"
REAL f(REAL height, REAL restitution) {
  REAL y = height, v = 0, t = 0, total = 0;
  for (int bounce = 0; bounce < 3;) {
    REAL yn = y + 0.05 * v - 0.5 * 9.81 * 0.0025, vn = v - 9.81 * 0.05;
    if (yn < 0) {
      REAL s = y / (y - yn);
      t += 0.05 * s;
      v = -restitution * (v + s * (vn - v));
      y = 0 * yn;
      total += t * v;
      bounce++;
      y += 1e-3 * v;
    } else y = yn, v = vn, t += 0.05;
  }
  return total;
}
