// Memory returned by functions, some of it from an earlier call.
//! ret REAL
//! dup REAL a[4] = fill
//! const int n = 4
#include "case.h"
static NOINLINE REAL *copy(const REAL *a, int n) {
  REAL *t = (REAL *)malloc(n * sizeof(REAL));
  for (int i = 0; i < n; i++) t[i] = a[i] * a[i];
  return t;
}
static NOINLINE REAL *larger(REAL *p, REAL *q) { return *p > *q ? p : q; }
REAL f(REAL *a, int n) {
  REAL *p = copy(a, n), *q = copy(p, n);
  REAL *l = larger(p + 1, q + 1);
  *l *= 2;
  REAL s = p[1] * q[1] + *l;
  free(p);
  free(q);
  return s;
}
