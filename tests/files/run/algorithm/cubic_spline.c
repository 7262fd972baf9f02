// A tridiagonal solve by the Thomas algorithm.
//! ret REAL
//! dup REAL y[6] = fill(-1, 1)
#include "case.h"
REAL f(const REAL *y) {
  REAL c[6], d[6], m[6];
  c[0] = 0, d[0] = 0;
  for (int i = 1; i < 5; i++) {
    REAL w = 1.0 / (4.0 - c[i - 1]);
    c[i] = w;
    d[i] = (6.0 * (y[i + 1] - 2.0 * y[i] + y[i - 1]) * y[i] - d[i - 1]) * w;
  }
  m[5] = 0;
  for (int i = 4; i > 0; i--) m[i] = d[i] - c[i] * m[i + 1];
  REAL s = 0;
  for (int i = 1; i < 5; i++) s += m[i] * m[i];
  return s;
}
