// The caller's own array is sorted, in both orders, and the result stays in it.
//! dup REAL a[6] = 3 1 2 5 4 0.5
//! const int n = 6
#include "case.h"
static int descending(const void *p, const void *q) {
  REAL a = *(const REAL *)p, b = *(const REAL *)q;
  return (a < b) - (a > b);
}
void f(REAL *a, int n) {
  for (int i = 0; i < n; i++) a[i] = a[i] * a[i];
  qsort(a, n, sizeof(REAL), descending);
  for (int i = 1; i < n; i++) a[i] *= a[i - 1];
}
