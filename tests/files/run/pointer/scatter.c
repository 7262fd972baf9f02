// Scatter with repeated places.
//! ret REAL
//! dup REAL a[5] = fill
//! const int ix[5] = 2 0 2 1 2
#include "case.h"
REAL f(const REAL *a, const int *ix) {
  REAL h[3] = {0, 0, 0};
  for (int i = 0; i < 5; i++) h[ix[i]] += a[i] * a[i];
  return h[0] * h[1] * h[2];
}
