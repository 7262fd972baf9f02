// A lane chosen by a variable.
//! ret REAL
//! dup REAL a[4] = fill
//! const int k = 0 | 3
#include "case.h"
REAL f(const REAL *a, int k) {
  REAL4 u = {a[0], a[1], a[2], a[3]};
  REAL t = u[k] * u[k];
  u[k] = t * u[3 - k];
  return u[0] * u[1] * u[2] * u[3];
}
