// Overlapping moves in both directions, by a part of the array.
//! ret REAL
//! dup REAL a[8] = fill
//! const int n = 8
#include "case.h"
REAL f(REAL *a, int n) {
  for (int i = 0; i < n; i++) a[i] = a[i] * a[i];
  memmove((void *)(a + 2), (void *)a, 5 * sizeof(REAL));
  a[0] *= a[3];
  memmove((void *)a, (void *)(a + 1), (n - 1) * sizeof(REAL));
  REAL s = 0;
  for (int i = 0; i < n; i++) s += (i + 1) * a[i] * a[i];
  return s;
}
