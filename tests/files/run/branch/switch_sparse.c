// Case values far apart, compared rather than indexed.
//! ret REAL
//! dup REAL a[3] = 0.7 1.5 -2
//! const long k = -1000000 | 7 | 123456789012 | 5
#include "case.h"
REAL f(REAL *a, long k) {
  switch (k) {
  case -1000000: a[0] *= a[1]; break;
  case 7: a[1] = a[0] * a[2]; break;
  case 123456789012: a[2] = a[2] * a[2]; break;
  default: a[0] = a[1] = a[2] * a[0];
  }
  return a[0] * a[1] * a[2];
}
