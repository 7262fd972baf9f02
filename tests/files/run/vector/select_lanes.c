// A maximum lane by lane.
//! ret REAL
//! dup REAL a[8] = fill
#include "case.h"
REAL f(const REAL *a) {
  REAL4 u = {a[0], a[1], a[2], a[3]}, v = {a[4], a[5], a[6], a[7]};
  REAL4 m = VECTOR_MAX(u * u, v * 1.5);
  return m[0] * m[1] + m[2] * m[3];
}
