// Scratch memory from the heap.
//! ret REAL
//! dup REAL a[5] = fill
//! const int n = 5
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL *t = (REAL *)malloc(n * sizeof(REAL));
  for (int i = 0; i < n; i++) t[i] = a[i] * a[i];
  REAL s = 0;
  for (int i = 0; i < n; i++) s += t[i] * t[n - 1 - i];
  free(t);
  return s;
}
