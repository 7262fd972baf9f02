// A three-point stencil that reads neighbours already overwritten.
//! ret REAL
//! dup REAL a[8] = fill
//! const int steps = 3
#include "case.h"
REAL f(REAL *a, int steps) {
  for (int k = 0; k < steps; k++)
    for (int i = 1; i < 7; i++) a[i] = 0.25 * a[i - 1] * a[i] + 0.5 * sin(a[i]) + 0.25 * a[i + 1];
  return a[3] * a[4];
}
