// The forward algorithm in the logarithmic domain.
//! ret REAL
//! dup REAL emit[4][2] = fill(-1, 0)
//! dup REAL trans[2][2] = fill(-1, 0)
#include "case.h"
NOINLINE static REAL logadd(REAL a, REAL b) { return a > b ? a + log1p(exp(b - a)) : b + log1p(exp(a - b)); }
REAL f(const REAL (*emit)[2], const REAL (*trans)[2]) {
  REAL v[2] = {emit[0][0], emit[0][1]};
  for (int t = 1; t < 4; t++) {
    REAL a = logadd(v[0] + trans[0][0], v[1] + trans[1][0]) + emit[t][0];
    REAL b = logadd(v[0] + trans[0][1], v[1] + trans[1][1]) + emit[t][1];
    v[0] = a;
    v[1] = b;
  }
  return logadd(v[0], v[1]);
}
