// A scalar spread over all lanes collects from all of them.
//! ret REAL
//! out REAL x = 0.7
//! dup REAL a[4] = fill
#include "case.h"
REAL f(REAL x, const REAL *a) {
  REAL4 v = {a[0], a[1], a[2], a[3]};
  v = v * x + x;
  v = v * v;
  return v[0] + v[1] * 2.0 + v[2] * v[3];
}
