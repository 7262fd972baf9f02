// One head over four tokens: scores, a stable softmax in place, a causal mask, a weighted sum.
//! ret REAL
//! dup REAL q[12] = fill(-1, 1)
//! dup REAL k[12] = fill(-1, 1)
//! dup REAL v[12] = fill(-1, 1)
#include "case.h"
REAL f(const REAL *q, const REAL *k, const REAL *v) {
  REAL out = 0;
  for (int i = 0; i < 4; i++) {
    REAL score[4], top = -1e30, sum = 0;
    for (int j = 0; j <= i; j++) {
      score[j] = 0;
      for (int d = 0; d < 3; d++) score[j] += q[3 * i + d] * k[3 * j + d];
      score[j] /= sqrt(3.0);
      if (score[j] > top) top = score[j];
    }
    for (int j = 0; j <= i; j++) score[j] = exp(score[j] - top), sum += score[j];
    for (int d = 0; d < 3; d++) {
      REAL y = 0;
      for (int j = 0; j <= i; j++) y += score[j] / sum * v[3 * j + d];
      out += y * y * (d + i);
    }
  }
  return out;
}
