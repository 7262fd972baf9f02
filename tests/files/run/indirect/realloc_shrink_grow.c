// A buffer that shrinks and grows again: what lay behind the cut is gone.
//! ret REAL
//! dup REAL a[6] = fill
//! const int n = 6
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL *t = (REAL *)malloc(n * sizeof(REAL));
  for (int i = 0; i < n; i++) t[i] = a[i] * a[i];
  t = (REAL *)realloc((void *)t, 2 * sizeof(REAL));
  t[0] *= 3;
  t = (REAL *)realloc((void *)t, n * sizeof(REAL));
  for (int i = 2; i < n; i++) t[i] = t[i - 1] * a[i];
  REAL s = 0;
  for (int i = 0; i < n; i++) s += t[i];
  free(t);
  return s;
}
