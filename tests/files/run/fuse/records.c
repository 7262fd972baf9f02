// An iteration with an inner loop of unknown length, larger from iteration to iteration.
//! ret REAL
//! dup REAL a[4] = 1.5 2.5 3.5 1.25
//! const int n = 4
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL s = 0;
  for (int i = 0; i < n; i++) {
    REAL x = a[i] * 1000 * (i + 1);
    while (VALUE(x) > 1)
      x = sqrt(x) * 0.999 + 0.0001 * a[i] * x;
    s += x;
  }
  return s;
}
