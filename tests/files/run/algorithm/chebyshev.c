// Clenshaw's recurrence from above.
//! ret REAL
//! out REAL x = 0.3
//! dup REAL c[6] = fill
#include "case.h"
REAL f(REAL x, const REAL *c) {
  REAL b1 = 0, b2 = 0;
  for (int i = 5; i > 0; i--) {
    REAL t = 2.0 * x * b1 - b2 + c[i];
    b2 = b1;
    b1 = t;
  }
  return x * b1 - b2 + c[0];
}
