// A callee reads through a local table of pointers; its caller overwrites the data.
//! ret REAL
//! dup REAL a[8] = fill
//! const int n = 5
#include "case.h"
NOINLINE static REAL g(REAL *x, REAL *y, int n) {
  REAL *rows[4];
  for (int i = 0; i < 4; i++) rows[i] = (i + n) % 2 ? x + i : y + i;
  REAL s = 0;
  for (int i = 0; i < n; i++) { REAL v = *rows[i % 4]; s += v * v * v; }
  return s;
}
REAL f(REAL *a, int n) {
  REAL s = 0;
  for (int i = 0; i < 3; i++) {
    s += g(a, a + 4, n);
    for (int k = 0; k < 8; k++) a[k] = a[k] * 0.5 + 0.1 * s;
  }
  return s;
}
