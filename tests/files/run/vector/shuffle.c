// Reversal, interleaving and extraction of lanes.
//! ret REAL
//! dup REAL a[8] = fill
#include "case.h"
REAL f(const REAL *a) {
  REAL4 u = {a[0], a[1], a[2], a[3]}, v = {a[4], a[5], a[6], a[7]};
  REAL4 r = VECTOR_REVERSE4(u) * v;
  REAL4 i = VECTOR_INTERLEAVE4(r, u);
  REAL2 l = VECTOR_LOW4(i);
  return l[0] * l[1] + i[2] * i[3];
}
