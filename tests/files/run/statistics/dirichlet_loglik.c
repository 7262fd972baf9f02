// Log-gamma sums over categories with counts, and the digamma part through the derivative.
//! ret REAL
//! dup REAL alpha[4] = fill(0.5, 3)
//! const int count[4] = 3 0 7 1
#include "case.h"
REAL f(const REAL *alpha, const int *count) {
  REAL total = 0, r = 0;
  int n = 0;
  for (int k = 0; k < 4; k++) {
    total += alpha[k];
    n += count[k];
    if (count[k]) r += lgamma(alpha[k] + count[k]) - lgamma(alpha[k]);
  }
  return r + lgamma(total) - lgamma(total + n);
}
