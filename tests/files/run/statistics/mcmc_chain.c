// A random walk whose proposals are accepted by comparing an own generator's numbers with a density.
//! ret REAL
//! dup REAL theta[2] = 0.3 0.8
#include "case.h"
static uint32_t next(uint32_t *s) { return *s = *s * 1664525u + 1013904223u; }
static double uniform(uint32_t *s) { return (next(s) >> 8) / 16777216.0; }
static REAL energy(REAL x, const REAL *theta) { return 0.5 * (x - theta[0]) * (x - theta[0]) / (theta[1] * theta[1]) + 0.1 * x * x * x * x; }
REAL f(const REAL *theta) {
  uint32_t seed = 12345;
  REAL x = theta[0], e = energy(x, theta), mean = 0;
  int accepted = 0;
  for (int t = 0; t < 20; t++) {
    REAL y = x + theta[1] * (uniform(&seed) - 0.5), ey = energy(y, theta);
    if (uniform(&seed) < exp(VALUE(e) - VALUE(ey))) {
      x = y, e = ey;
      accepted++;
    }
    mean += x;
  }
  return mean / 20 + e * accepted;
}
