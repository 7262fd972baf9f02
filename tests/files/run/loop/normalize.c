// Dividing every element by the norm: linear work if the norm is not recomputed.
//! dup REAL a[6] = fill
//! const int n = 6
#include "case.h"
NOINLINE static REAL norm(const REAL *a, int n) {
  REAL s = 0;
  for (int i = 0; i < n; i++) s += a[i] * a[i];
  return sqrt(s);
}
void f(REAL *a, int n) {
  REAL s = norm(a, n);
  for (int i = 0; i < n; i++) a[i] /= s;
}
