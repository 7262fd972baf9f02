// The sum is scaled in every iteration, so what a term counts depends on how many follow.
//! ret REAL
//! dup REAL a[5] = fill(0.5, 1.5)
//! const int n = 5
#include "case.h"
static NOINLINE REAL part(const REAL *a, int i) { return i == 0 ? a[0] : a[i] * part(a, i - 1); }
REAL f(const REAL *a, int n) {
  REAL s = 0, t = 0;
  for (int i = 0; i < n; i++)
    s = s * 0.5 + a[i] * part(a, i);
  for (int i = 0; i < n; i++)
    t = part(a, i) * a[i] - t;
  return s - 3 * t;
}
