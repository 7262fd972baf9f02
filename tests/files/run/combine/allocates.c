// The callee allocates: its memory lives until its reverse is done.
//! ret REAL
//! dup REAL a[4] = fill(0.5, 1.5)
//! const int n = 4
#include "case.h"
NOINLINE static REAL g(const REAL *a, int n) {
  REAL *t = (REAL *)malloc(sizeof(REAL) * (size_t)n);
  for (int i = 0; i < n; i++)
    t[i] = a[i] * a[(i + 1) % n];
  REAL p = 1;
  for (int i = 0; i < n; i++)
    p *= t[i];
  free(t);
  return p;
}
REAL f(const REAL *a, int n) {
  REAL s = 0;
  for (int i = 1; i <= n; i++)
    s += g(a, i);
  return s;
}
