// Recursion that works in place.
//! ret REAL
//! dup REAL a[6] = fill
#include "case.h"
NOINLINE static void sweep(REAL *a, int n) {
  if (n < 2) return;
  a[1] = a[0] * a[1] + sin(a[0]);
  a[0] = a[0] * a[1];
  sweep(a + 1, n - 1);
  a[0] += a[1] * a[1];
}
REAL f(REAL *a) {
  sweep(a, 6);
  return a[0];
}
