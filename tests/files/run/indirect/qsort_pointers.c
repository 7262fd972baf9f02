// Pointers to numbers are sorted, not the numbers.
//! ret REAL
//! dup REAL a[5] = 3 1 2 5 4
//! const int n = 5
#include "case.h"
static int behind(const void *p, const void *q) {
  REAL a = **(REAL *const *)p, b = **(REAL *const *)q;
  return (a > b) - (a < b);
}
REAL f(REAL *a, int n) {
  REAL **t = (REAL **)malloc(n * sizeof(REAL *));
  for (int i = 0; i < n; i++) t[i] = &a[i];
  qsort((void *)t, n, sizeof(REAL *), behind);
  REAL s = 0;
  for (int i = 0; i < n; i++) s += (i + 1) * *t[i] * *t[i];
  free(t);
  return s;
}
