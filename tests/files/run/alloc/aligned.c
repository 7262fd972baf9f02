// aligned_alloc, as wide as a cache line.
//! ret REAL
//! dup REAL a[4] = fill
#include "case.h"
REAL f(const REAL *a) {
  REAL *t = (REAL *)aligned_alloc(64, 64);
  for (int i = 0; i < 4; i++) t[i] = sin(a[i]);
  REAL s = t[0] * t[1] + t[2] * t[3];
  free(t);
  return s;
}
