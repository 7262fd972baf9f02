// Zeroed memory that is accumulated into.
//! ret REAL
//! dup REAL a[6] = fill
//! const int n = 6
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL *h = (REAL *)calloc(3, sizeof(REAL));
  for (int i = 0; i < n; i++) h[i % 3] += a[i] * a[i];
  REAL s = h[0] * h[1] * h[2];
  free(h);
  return s;
}
