// Logistic regression by Newton steps: gradient and Hessian are summed over rows, then a 2 by 2 solve.
//! ret REAL
//! dup REAL x[8] = -2 -1.2 -0.7 -0.1 0.4 0.9 1.3 2.2
//! out REAL ridge = 0.3
//! const char label[8] = 0 0 1 0 1 0 1 1
#include "case.h"
REAL f(const REAL *x, REAL ridge, const char *label) {
  REAL w0 = 0, w1 = 0;
  for (int it = 0; it < 4; it++) {
    REAL g0 = -ridge * w0, g1 = -ridge * w1, h00 = ridge, h01 = 0, h11 = ridge;
    for (int i = 0; i < 8; i++) {
      REAL p = 1 / (1 + exp(-(w0 + w1 * x[i]))), q = p * (1 - p), r = label[i] - p;
      g0 += r, g1 += r * x[i];
      h00 += q, h01 += q * x[i], h11 += q * x[i] * x[i];
    }
    REAL det = h00 * h11 - h01 * h01;
    w0 += (h11 * g0 - h01 * g1) / det;
    w1 += (h00 * g1 - h01 * g0) / det;
  }
  return w0 * w1 + w1;
}
