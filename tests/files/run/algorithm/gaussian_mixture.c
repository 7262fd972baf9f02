// A small mixture with triangular parameters: the shape of a big benchmark.
//! ret REAL
//! dup REAL alpha[2] = fill
//! dup REAL mean[2][2] = fill
//! dup REAL icf[2][3] = fill
//! const REAL x[3][2] = fill
#include "case.h"
NOINLINE static REAL logsumexp(const REAL *v, int n) {
  REAL m = v[0], s = 0;
  for (int i = 1; i < n; i++)
    if (v[i] > m) m = v[i];
  for (int i = 0; i < n; i++) s += exp(v[i] - m);
  return m + log(s);
}
REAL f(const REAL *alpha, const REAL (*mean)[2], const REAL (*icf)[3], const REAL (*x)[2]) {
  REAL total = 0;
  for (int i = 0; i < 3; i++) {
    REAL term[2];
    for (int k = 0; k < 2; k++) {
      REAL d0 = x[i][0] - mean[k][0], d1 = x[i][1] - mean[k][1];
      REAL q0 = exp(icf[k][0]) * d0, q1 = exp(icf[k][1]) * d1 + icf[k][2] * d0;
      term[k] = alpha[k] + icf[k][0] + icf[k][1] - 0.5 * (q0 * q0 + q1 * q1);
    }
    total += logsumexp(term, 2);
  }
  return total - 3.0 * logsumexp(alpha, 2);
}
