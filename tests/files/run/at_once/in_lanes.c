// One of several terms, in nested loops, of a sum whose result is returned from two places.
//! ret REAL
//! dup REAL a[9] = fill(0.5, 1.5) | fill(-1, 1)
//! const int n = 3
#include "case.h"
static NOINLINE REAL line(const REAL *a, int i) { return i == 0 ? a[0] * a[0] : a[i] * line(a, i - 1); }
static NOINLINE REAL table(const REAL *a, int n) {
  REAL s = a[0];
  if (a[1] < 0)
    return s * 3;
  for (int i = 0; i < n; i++) {
    s -= a[i] * a[i];
    for (int j = 0; j < n; j++)
      s = a[3 * i + j] - (-(s + 2 * line(a + i, j)));
  }
  return s;
}
REAL f(const REAL *a, int n) { return table(a, n) * a[2] + table(a, n - 1); }
