// Weights by inverse distance with a radius; places with no neighbour fall back to the nearest.
//! ret REAL
//! dup REAL p[12] = fill(0, 2)
//! dup REAL v[6] = fill
//! dup REAL at[4] = 0.5 0.5 3.5 3.5
#include "case.h"
REAL f(const REAL *p, const REAL *v, const REAL *at) {
  REAL r = 0;
  for (int k = 0; k < 2; k++) {
    REAL sum = 0, weight = 0, best = 1e9;
    int nearest = 0;
    for (int i = 0; i < 6; i++) {
      REAL d = hypot(p[2 * i] - at[2 * k], p[2 * i + 1] - at[2 * k + 1]);
      if (d < best) best = d, nearest = i;
      if (d > 1.5) continue;
      REAL w = (1.5 - d) / (1.5 * d);
      sum += w * w * v[i], weight += w * w;
    }
    r += weight > 0 ? sum / weight : v[nearest] / best;
  }
  return r;
}
