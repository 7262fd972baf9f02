// A big struct by value is changed by its callee.
//! ret REAL
//! dup REAL a[8] = fill
//! const int n = 5
#include "case.h"
struct big { REAL v[5]; REAL w; };
NOINLINE static REAL g(struct big b, int n) {
  REAL s = 0;
  for (int i = 0; i < n; i++) { b.v[i] = b.v[i] * b.v[(i + 1) % 5] + b.w; s += b.v[i]; }
  return s * b.v[2];
}
REAL f(REAL *a, int n) {
  struct big b; b.w = a[6];
  for (int i = 0; i < 5; i++) b.v[i] = a[i];
  REAL s = g(b, n) * g(b, n - 1);
  b.v[2] = s;
  return g(b, n) + b.v[0];
}
