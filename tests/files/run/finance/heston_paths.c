// Paths of price and variance with own normal numbers by a rejection; a path option that knocks out.
//! ret REAL
//! out REAL kappa = 1.5
//! out REAL xi = 0.4
//! out REAL barrier = 125
#include "case.h"
static double uniform(uint64_t *s) {
  *s ^= *s << 13, *s ^= *s >> 7, *s ^= *s << 17;
  return (double)(*s >> 11) / 9007199254740992.0;
}
static double normal(uint64_t *s) {
  for (;;) {
    double u = 2 * uniform(s) - 1, v = 2 * uniform(s) - 1, r = u * u + v * v;
    if (r > 0 && r < 1) return u * sqrt(-2 * log(r) / r);
  }
}
REAL f(REAL kappa, REAL xi, REAL barrier) {
  uint64_t seed = 88172645463325252u;
  REAL sum = 0;
  for (int path = 0; path < 12; path++) {
    REAL s = 100, v = 0.04, least = 100;
    int alive = 1;
    for (int t = 0; t < 8; t++) {
      double z1 = normal(&seed), z2 = -0.6 * z1 + 0.8 * normal(&seed);
      REAL plus = v > 0.001 ? v : 0.001 + 0 * v;
      s *= exp(-0.0625 * plus + sqrt(0.125 * plus) * z1);
      v += 0.125 * kappa * (0.05 - plus) + xi * sqrt(0.125 * plus) * z2;
      if (s > barrier) { alive = 0; break; }
      least = fmin(least, s);
    }
    if (alive) sum += s - least;
    else sum += 0.1 * (s - barrier);
  }
  return sum / 12;
}
