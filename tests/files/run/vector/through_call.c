// A vector argument and a vector result.
//! ret REAL
//! dup REAL a[4] = fill
#include "case.h"
NOINLINE static REAL4 twist(REAL4 v, REAL k) { return v * v + VECTOR_REVERSE4(v) * k; }
REAL f(const REAL *a) {
  REAL4 v = {a[0], a[1], a[2], a[3]};
  v = twist(twist(v, a[0]), 0.5);
  return v[0] * v[3] + v[1] - v[2];
}
