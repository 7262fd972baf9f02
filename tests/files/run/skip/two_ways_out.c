// The search ends in two places, with a result of its own each; only the best start has a derivative.
//! ret REAL
//! dup REAL x[20] = fill(0.5, 1.5)
//! dup REAL y[20] = fill(0.2, 0.9)
//! const int n = 4
#include "case.h"
REAL f(const REAL *x, const REAL *y, int n) {
  REAL best = 100;
  for (int i = 0; i < n; i++) {
    REAL sum = 0, kept = 1;
    for (int j = 0; j < 5; j++) {
      REAL step = x[5 * i + j] * y[5 * i + j];
      if (step > 0.9) {
        kept = step * step;
        break;
      }
      sum += step;
      if (sum > 1.6) {
        kept = sum * x[5 * i];
        break;
      }
    }
    REAL cost = kept + sum;
    best = cost < best ? cost : best;
  }
  return best;
}
