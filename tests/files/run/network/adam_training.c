// A small model is trained by Adam with gradients by hand; the derivative is that of the whole training.
//! ret REAL
//! dup REAL x[5] = fill(-1, 1)
//! dup REAL y[5] = fill(-1, 1)
//! out REAL rate = 0.1
#include "case.h"
REAL f(const REAL *x, const REAL *y, REAL rate) {
  REAL w[2] = {0.1, -0.1}, m[2] = {0, 0}, v[2] = {0, 0}, loss = 0, b1 = 1, b2 = 1;
  for (int step = 0; step < 6; step++) {
    REAL g[2] = {0, 0};
    for (int i = 0; i < 5; i++) {
      REAL e = w[0] * x[i] + w[1] - y[i];
      g[0] += 2 * e * x[i], g[1] += 2 * e;
    }
    b1 *= 0.9, b2 *= 0.99;
    for (int k = 0; k < 2; k++) {
      m[k] = 0.9 * m[k] + 0.1 * g[k];
      v[k] = 0.99 * v[k] + 0.01 * g[k] * g[k];
      w[k] -= rate * (m[k] / (1 - b1)) / (sqrt(v[k] / (1 - b2)) + 1e-3);
    }
  }
  for (int i = 0; i < 5; i++) loss += (w[0] * x[i] + w[1] - y[i]) * (w[0] * x[i] + w[1] - y[i]);
  return loss;
}
