// A callee that only counts.
//! ret REAL
//! dup REAL a[5] = 1 -2 3 -4 5
#include "case.h"
NOINLINE static int positives(const REAL *a, int n) {
  int c = 0;
  for (int i = 0; i < n; i++) c += a[i] > 0;
  return c;
}
REAL f(const REAL *a) { return a[0] * a[1] * positives(a, 5); }
