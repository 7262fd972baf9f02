// The curvature of a line is zero, and so are all adjoints; their derivatives are not.
//! ret REAL
//! dup REAL u[9] = 1 2 3 4 5 6 7 8 9 | 0.5 1 1.5 2 2.5 3 3.5 4 5
//! const int n = 9 | 4
#include "case.h"
REAL f(const REAL *u, int n) {
  REAL sum = 0;
  for (int i = 1; i < n - 1; i++) {
    REAL r = u[i - 1] - 2 * u[i] + u[i + 1];
    sum += r * r;
  }
  return sum + u[0] * u[n - 1];
}
