// Points are matched to their nearest neighbours, then a rotation and a shift are fitted, twice.
//! ret REAL
//! dup REAL source[10] = fill(-1, 1)
//! dup REAL target[10] = fill(-1, 1)
#include "case.h"
REAL f(const REAL *source, const REAL *target) {
  REAL p[5][2], error = 0;
  memcpy(p, source, sizeof p);
  for (int round = 0; round < 2; round++) {
    int match[5];
    REAL cp[2] = {0, 0}, cq[2] = {0, 0}, a = 0, b = 0;
    for (int i = 0; i < 5; i++) {
      REAL best = 100;
      for (int j = 0; j < 5; j++) {
        REAL d = (p[i][0] - target[2 * j]) * (p[i][0] - target[2 * j]) + (p[i][1] - target[2 * j + 1]) * (p[i][1] - target[2 * j + 1]);
        if (d < best) best = d, match[i] = j;
      }
      for (int k = 0; k < 2; k++) cp[k] += p[i][k] / 5, cq[k] += target[2 * match[i] + k] / 5;
    }
    for (int i = 0; i < 5; i++) {
      REAL x = p[i][0] - cp[0], y = p[i][1] - cp[1], u = target[2 * match[i]] - cq[0], v = target[2 * match[i] + 1] - cq[1];
      a += x * u + y * v, b += x * v - y * u;
    }
    REAL angle = atan2(b, a), c = cos(angle), s = sin(angle);
    for (int i = 0; i < 5; i++) {
      REAL x = p[i][0] - cp[0], y = p[i][1] - cp[1];
      p[i][0] = c * x - s * y + cq[0], p[i][1] = s * x + c * y + cq[1];
      if (round) error += hypot(p[i][0] - target[2 * match[i]], p[i][1] - target[2 * match[i] + 1]);
    }
  }
  return error;
}
