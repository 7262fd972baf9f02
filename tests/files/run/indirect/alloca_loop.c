// Stack memory of a size known only at run time, new in every iteration.
//! ret REAL
//! dup REAL a[5] = fill
//! const int n = 5
#include "case.h"
static NOINLINE REAL work(const REAL *a, int n) {
  REAL *t = (REAL *)__builtin_alloca(n * sizeof(REAL));
  for (int i = 0; i < n; i++) t[i] = a[i] * a[i];
  REAL s = 0;
  for (int i = 0; i < n; i++) s += t[i] * t[(i + 1) % n];
  return s;
}
REAL f(const REAL *a, int n) {
  REAL s = 0;
  for (int k = 1; k <= n; k++) {
    REAL *t = (REAL *)__builtin_alloca(k * sizeof(REAL));
    for (int i = 0; i < k; i++) t[i] = a[i] * k;
    s += work(t, k) * 0.01;
  }
  return s;
}
