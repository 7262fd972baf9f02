// The probability of a label sequence over all alignments, in logarithms, blanks between labels.
//! ret REAL
//! dup REAL logit[20] = fill(-1, 1)
//! const int label[2] = 1 2
#include "case.h"
static REAL add_log(REAL a, REAL b) { return a > b ? a + log1p(exp(b - a)) : b + log1p(exp(a - b)); }
REAL f(const REAL *logit, const int *label) {
  REAL alpha[5], p[5][4];
  for (int t = 0; t < 5; t++) {
    REAL sum = 0;
    for (int k = 0; k < 4; k++) sum += exp(logit[4 * t + k]);
    for (int k = 0; k < 4; k++) p[t][k] = logit[4 * t + k] - log(sum);
  }
  for (int s = 0; s < 5; s++) alpha[s] = -100;
  alpha[0] = p[0][0], alpha[1] = p[0][label[0]];
  for (int t = 1; t < 5; t++)
    for (int s = 4; s >= 0; s--) {
      REAL a = alpha[s];
      if (s > 0) a = add_log(a, alpha[s - 1]);
      if (s == 3 && label[0] != label[1]) a = add_log(a, alpha[1]);
      alpha[s] = a + p[t][s % 2 ? label[s / 2] : 0];
    }
  return -add_log(alpha[4], alpha[3]);
}
