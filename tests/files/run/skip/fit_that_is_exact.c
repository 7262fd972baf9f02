// A residual that is zero has a zero adjoint, whose own derivative is not: nothing may be stepped over when the
// gradient is differentiated again.
//! ret REAL
//! dup REAL a[4] = 1 2 0.5 1.5 | 1 1.5 0.5 1
//! const int n = 4
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL least = 100;
  for (int k = 0; k < 2; k++) {
    REAL d = 0;
    for (int i = 0; i < n; i++)
      d += (a[i] + k) * (a[i] + k);
    least = d < least ? d : least;
  }
  return (least - 7.5) * (least - 7.5) + a[1] * a[2];
}
