// One recurrent cell over a sequence.
//! ret REAL
//! dup REAL w[8] = fill(-1, 1)
//! dup REAL x[5] = fill
#include "case.h"
NOINLINE static REAL sigmoid(REAL t) { return 1.0 / (1.0 + exp(-t)); }
REAL f(const REAL *w, const REAL *x) {
  REAL h = 0, c = 0;
  for (int t = 0; t < 5; t++) {
    REAL i = sigmoid(w[0] * x[t] + w[1] * h), g = tanh(w[2] * x[t] + w[3] * h);
    REAL k = sigmoid(w[4] * x[t] + w[5] * h), o = sigmoid(w[6] * x[t] + w[7] * h);
    c = k * c + i * g;
    h = o * tanh(c);
  }
  return h * c;
}
