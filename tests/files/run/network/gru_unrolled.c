// Gated recurrence over a sequence whose length is given; gates share one matrix.
//! ret REAL
//! dup REAL w[24] = fill(-1, 1)
//! dup REAL x[6] = fill(-1, 1)
//! const int steps = 6 | 1
#include "case.h"
static REAL sigmoid(REAL z) { return 1 / (1 + exp(-z)); }
REAL f(const REAL *w, const REAL *x, int steps) {
  REAL h[2] = {0.1, -0.2};
  for (int t = 0; t < steps; t++) {
    REAL z[2], r[2], n[2];
    for (int i = 0; i < 2; i++) {
      z[i] = sigmoid(w[i] * x[t] + w[2 + 2 * i] * h[0] + w[3 + 2 * i] * h[1]);
      r[i] = sigmoid(w[8 + i] * x[t] + w[10 + 2 * i] * h[0] + w[11 + 2 * i] * h[1]);
    }
    for (int i = 0; i < 2; i++) n[i] = tanh(w[16 + i] * x[t] + r[i] * (w[18 + 2 * i] * h[0] + w[19 + 2 * i] * h[1]));
    for (int i = 0; i < 2; i++) h[i] = (1 - z[i]) * n[i] + z[i] * h[i];
  }
  return h[0] * h[1] + h[0];
}
