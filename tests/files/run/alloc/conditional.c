// Allocated only when needed.
//! ret REAL
//! dup REAL a[3] = fill
//! const int big = 0 | 1
#include "case.h"
REAL f(const REAL *a, int big) {
  REAL stack[3];
  REAL *t = big ? (REAL *)malloc(3 * sizeof(REAL)) : stack;
  for (int i = 0; i < 3; i++) t[i] = a[i] * a[2 - i];
  REAL s = t[0] * t[1] + t[2];
  if (big) free(t);
  return s;
}
