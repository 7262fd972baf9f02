// Sorted values: the derivative goes where the values go, here sorted and unsorted.
//! ret REAL
//! dup REAL a[7] = 3.1 1.2 2.05 5.3 4.4 0.5 2.55 | 1 2.2 3.1 4.7 5.2 6.9 7.3
//! const int n = 7
#include "case.h"
static int ascending(const void *p, const void *q) {
  REAL a = *(const REAL *)p, b = *(const REAL *)q;
  return (a > b) - (a < b);
}
REAL f(REAL *a, int n) {
  REAL t[7];
  for (int i = 0; i < n; i++) t[i] = a[i] * a[i] - a[(i + 1) % n];
  qsort(t, n, sizeof(REAL), ascending);
  REAL s = 0;
  for (int i = 0; i < n; i++) s += (i + 1) * t[i] * t[i];
  return s;
}
