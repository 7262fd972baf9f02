// A mixture of two lines is fitted by expectation and maximization; responsibilities in between.
//! ret REAL
//! dup REAL x[8] = fill(-1, 1)
//! dup REAL start[2] = -0.5 0.6
#include "case.h"
REAL f(const REAL *x, const REAL *start) {
  REAL mu[2] = {start[0], start[1]}, weight = 0.5, likelihood = 0;
  for (int it = 0; it < 4; it++) {
    REAL n = 0, s0 = 0, s1 = 0;
    likelihood = 0;
    for (int i = 0; i < 8; i++) {
      REAL a = weight * exp(-4 * (x[i] - mu[0]) * (x[i] - mu[0])), b = (1 - weight) * exp(-4 * (x[i] - mu[1]) * (x[i] - mu[1])), r = a / (a + b);
      likelihood += log(a + b);
      n += r, s0 += r * x[i], s1 += (1 - r) * x[i];
    }
    mu[0] = s0 / n, mu[1] = s1 / (8 - n), weight = n / 8;
  }
  return likelihood + mu[0] * mu[1];
}
