// Between the loops the sum is scaled and negated once: terms of the first count otherwise than of the second.
//! ret REAL
//! out REAL x = 0.75
//! dup REAL a[5] = fill(0.5, 1.5)
//! const int n = 5
#include "case.h"
static NOINLINE REAL part(const REAL *a, int i) { return i == 0 ? a[0] : a[i] * part(a, i - 1); }
REAL f(REAL x, const REAL *a, int n) {
  REAL s = 0;
  for (int i = 0; i < n; i++)
    s += a[n - 1 - i] * part(a, i);
  s = 1 - s * x;
  for (int i = 1; i < n; i++)
    s -= part(a, i) * 3;
  return s * 2;
}
