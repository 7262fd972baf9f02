// A callee allocates, the caller frees.
//! ret REAL
//! dup REAL a[4] = fill
#include "case.h"
NOINLINE static REAL *squares(const REAL *a, int n) {
  REAL *t = (REAL *)malloc(n * sizeof(REAL));
  for (int i = 0; i < n; i++) t[i] = a[i] * a[i];
  return t;
}
REAL f(const REAL *a) {
  REAL *t = squares(a, 4);
  REAL s = t[0] * t[1] + t[2] * t[3];
  free(t);
  return s;
}
