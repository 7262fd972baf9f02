// The callee returns one part and adds another to memory that the caller goes on to change.
//! ret REAL
//! dup REAL a[4] = fill(0.5, 1.5)
//! dup REAL sum[1] = 0.25
//! const int n = 4
#include "case.h"
static NOINLINE REAL both(const REAL *a, REAL *sum, int i) {
  *sum = *sum * a[i] + a[i];
  return i == 0 ? a[0] : a[i] * both(a, sum, i - 1);
}
REAL f(const REAL *a, REAL *sum, int n) {
  REAL s = 0;
  for (int i = 0; i < n; i++)
    s += a[i] * both(a, sum, i);
  return s;
}
