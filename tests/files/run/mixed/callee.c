// A function chooses, another reads, a third walks on recursively.
//! ret REAL
//! dup REAL a[4] = fill
//! const REAL b[4] = 1.5 2.5 -0.5 0.25
//! const int k = 0 | 1 | 2 | 3
#include "case.h"
NOINLINE static const REAL *pick(int k, const REAL *a, const REAL *b) { return k ? a : b; }
NOINLINE static REAL norm(const REAL *p, int n) {
  REAL s = 0.0;
  for (int i = 0; i < n; i++) s += p[i] * p[i];
  return s;
}
NOINLINE static REAL horner(const REAL *p, REAL x, int n) { return n == 0 ? p[0] : p[n] + x * horner(p, x, n - 1); }
REAL f(const REAL *a, const REAL *b, int k) {
  const REAL *p = pick(k & 1, a, b);
  const REAL *q = pick(k & 2, a, b);
  return norm(p, 4) * horner(q, a[0], 3) + norm(q, 2);
}
