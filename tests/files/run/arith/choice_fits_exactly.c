// A quotient and a root that are wanted on one side of a choice; what they are compared with they meet exactly.
//! ret REAL
//! dup REAL a[4] = 3 2 4 0.25 | 1.5 1 4 0.5
#include "case.h"
REAL f(const REAL *a) {
  REAL quotient = a[0] / a[1], root = sqrt(a[3]);
  REAL q = a[1] > 0.125 ? quotient : 0;
  REAL r = a[3] > 0.125 ? root : 0;
  return (q - 1.5) * (q - 1.5) + (r - 0.5) * (r - 0.5) * a[2] + a[0] * a[2];
}
