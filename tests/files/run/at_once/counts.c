// The callee counts its calls in memory that the caller reads: it runs when the primal does, and once.
//! ret REAL
//! dup REAL a[6] = fill(0.5, 1.5)
//! const int calls[2] = 0 0
//! const int n = 6
#include "case.h"
static NOINLINE REAL half(const REAL *a, int *calls, int n) {
  calls[0] += 1;
  if (n == 1)
    return a[0] * calls[0];
  REAL left = half(a, calls, n / 2) * a[0];
  return left + half(a + n / 2, calls, n - n / 2) * calls[0];
}
REAL f(const REAL *a, int *calls, int n) {
  REAL s = 0;
  for (int i = 1; i <= n; i++) {
    s += half(a, calls, i);
    calls[1] = calls[0] * 2;
  }
  return s * calls[1];
}
