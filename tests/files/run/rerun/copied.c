// States are copied forth and back within a step, in whole and in part.
//! ret REAL
//! dup REAL start[6] = fill(0.2, 0.9)
//! const int steps = 4
//! const int n = 6 | 4
#include "case.h"
#include <string.h>
REAL f(const REAL *start, int steps, int n) {
  REAL x[6], y[6], z[6];
  memcpy(x, start, sizeof x);
  memcpy(z, start, sizeof z);
  for (int t = 0; t < steps; t++) {
    memcpy(y, x, n * sizeof(REAL));
    for (int i = 0; i < n; i++)
      y[i] = y[i] * x[n - 1 - i] + 0.1 * z[i];
    memcpy(z + 1, y, (n - 1) * sizeof(REAL));
    for (int i = 0; i < n; i++)
      z[i] = sin(z[i]) * y[i];
    memcpy(x, z, (n / 2) * sizeof(REAL));
    for (int i = 0; i < n; i++)
      x[i] += 0.2 * z[i] * y[i] * x[n - 1 - i];
  }
  REAL s = 0;
  for (int i = 0; i < n; i++)
    s += x[i] * x[i] + z[i];
  return s;
}
