// Particles: weights from a likelihood, normalized by the maximum, resampled by systematic counts.
//! ret REAL
//! dup REAL x[6] = fill(-1, 1)
//! out REAL y = 0.4
#include "case.h"
REAL f(const REAL *x, REAL y) {
  REAL p[6], logw[6], evidence = 0;
  memcpy(p, x, sizeof p);
  for (int t = 0; t < 3; t++) {
    REAL top = -1e30, sum = 0, q[6];
    for (int i = 0; i < 6; i++) {
      p[i] = 0.9 * p[i] + 0.1 * sin(3 * p[i] + t);
      logw[i] = -2 * (y - p[i]) * (y - p[i]);
      if (logw[i] > top) top = logw[i];
    }
    for (int i = 0; i < 6; i++) sum += exp(logw[i] - top);
    evidence += top + log(sum);
    double u = 0.05, c = 0;
    for (int i = 0, k = 0; i < 6; i++) {
      c += 6 * exp(VALUE(logw[i]) - VALUE(top)) / VALUE(sum);
      while (k < 6 && u < c) q[k++] = p[i], u += 1;
      if (i == 5) while (k < 6) q[k++] = p[5];
    }
    memcpy(p, q, sizeof p);
  }
  return evidence + p[0] * p[5];
}
