// Scratch that is initialized, then added to, in triangular order.
//! ret REAL
//! dup REAL q[15] = fill(-1, 1)
//! dup REAL m[5] = fill(-1, 1)
//! const double x[20] = fill(-2, 2)
#include "case.h"
enum { D = 5, N = 4 };
REAL f(const REAL *q, const REAL *m, const double *x) {
  REAL c[D], y[D];
  REAL s = 0;
  for (int i = 0; i < N; i++) {
    const REAL *lower = q + D;
    for (int j = 0; j < D; j++)
      c[j] = x[i * D + j] - m[j];
    for (int j = 0; j < D; j++)
      y[j] = exp(q[j]) * c[j];
    for (int j = 0; j < D; j++) {
      for (int k = j + 1; k < D; k++)
        y[k] += lower[k - j - 1] * c[j];
      lower += D - j - 1;
    }
    for (int j = 0; j < D; j++)
      s += y[j] * y[j];
  }
  return s;
}
