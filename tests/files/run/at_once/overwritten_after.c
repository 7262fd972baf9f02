// What the callee read is overwritten by something that depends on it: its adjoint is taken away there, so
// the call is undone after that.
//! ret REAL
//! dup REAL a[4] = fill(0.5, 1.5)
//! const int n = 4
#include "case.h"
static NOINLINE REAL square_sum(const REAL *a, int n) {
  if (n == 1)
    return a[0] * a[0];
  return square_sum(a, n / 2) + square_sum(a + n / 2, n - n / 2);
}
REAL f(REAL *a, int n) {
  REAL s = 0;
  for (int i = 0; i < n; i++) {
    s += a[i] * square_sum(a, n);
    a[i] = a[i] * a[(i + 1) % n] * 0.5;
  }
  return s;
}
