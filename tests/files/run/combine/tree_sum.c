// Recursion that sums up its halves: one recursion in the reverse pass, without a tape.
//! ret REAL
//! dup REAL a[13] = fill(-1, 1)
//! const int n = 13 | 1 | 0
#include "case.h"
NOINLINE static REAL sum(const REAL *a, int n) {
  if (n <= 0)
    return 0;
  if (n == 1)
    return sin(a[0]) * exp(a[0] * a[0]);
  return sum(a, n / 2) + 0.5 * sum(a + n / 2, n - n / 2);
}
REAL f(const REAL *a, int n) { return 3 * sum(a, n) - a[0]; }
