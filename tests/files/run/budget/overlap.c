// Arrays of the caller's that overlap.
//! ret REAL
//! dup REAL x[8] = fill(0.2, 0.9)
//! const int shift = 0 | 1 | 3
//! const int steps = 9
//! options tape-budget=800
#include "case.h"
static void step(REAL *a, REAL *b, int n) {
  for (int i = 0; i < n; i++)
    a[i] = 0.9 * a[i] + 0.1 * b[i] * a[n - 1 - i];
  for (int i = 0; i < n; i++)
    b[i] = sin(a[i]) - 0.1 * b[i];
}
REAL f(REAL *x, int shift, int steps) {
  for (int t = 0; t < steps; t++)
    step(x, x + shift, 5);
  REAL s = 0;
  for (int i = 0; i < 8; i++)
    s += x[i] * x[i];
  return s;
}
