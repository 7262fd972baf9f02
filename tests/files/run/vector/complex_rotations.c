// Two complex numbers in one vector of four: products by shuffles, accumulated over a loop.
//! ret REAL
//! dup REAL a[8] = fill(-1, 1)
#include "case.h"
REAL f(const REAL *a) {
  REAL4 z = {a[0], a[1], a[2], a[3]}, sum = {0, 0, 0, 0};
  REAL4 w = {a[4], a[5], a[6], a[7]};
  for (int i = 0; i < 4; i++) {
    REAL4 p = z * w, r = VECTOR_REVERSE4(p);
    sum = sum + p - r * 0.25;
    z = z * 0.5 + r;
  }
  REAL4 m = VECTOR_MAX(sum, z);
  return m[0] * m[1] + m[2] * m[3] + sum[0];
}
