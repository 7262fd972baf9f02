// The caller's scratch buffer, which is constant, or memory of its own.
//! ret REAL
//! dup REAL a[4] = fill
//! const REAL buffer[4] = 0.0 0.0 0.0 0.0
//! const int n = 4 | 2
#include "case.h"
NOINLINE static REAL work(const REAL *a, REAL *w, int n) {
  for (int i = 0; i < n; i++) w[i] = 2.0;
  REAL s = 0.0;
  for (int i = 0; i < n; i++) s += w[i] * a[i] * a[i];
  return s;
}
REAL f(const REAL *a, REAL *buffer, int n) {
  REAL *w = n > 2 ? (REAL *)malloc(n * sizeof(REAL)) : buffer;
  REAL s = work(a, w, n);
  if (w != buffer) {
    w[0] = a[0] * a[1];
    s += w[0];
    free(w);
  }
  return s;
}
