// An autoregressive model with innovations: residuals feed a moving average of themselves.
//! ret REAL
//! dup REAL y[10] = fill(-1, 1)
//! dup REAL phi[2] = 0.5 -0.2
//! dup REAL theta[1] = 0.3
#include "case.h"
REAL f(const REAL *y, const REAL *phi, const REAL *theta) {
  REAL e[10], s = 0;
  for (int t = 0; t < 10; t++) {
    REAL predicted = 0;
    for (int k = 0; k < 2 && t - k - 1 >= 0; k++) predicted += phi[k] * y[t - k - 1];
    if (t) predicted += theta[0] * e[t - 1];
    e[t] = y[t] - predicted;
    s += e[t] * e[t];
  }
  return 5 * log(s / 10) + s;
}
