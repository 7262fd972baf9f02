// A number is split into a high and a low part, as doubled precision does it; errors are carried along.
//! ret REAL
//! dup REAL a[6] = fill(-1, 1)
//! fd off
#include "case.h"
REAL f(const REAL *a) {
  REAL hi = 0, lo = 0;
  for (int i = 0; i < 6; i++) {
    REAL x = a[i] * a[i], s = hi + x, b = s - hi, e = (hi - (s - b)) + (x - b);
    hi = s;
    lo += e + 0.25 * a[i];
  }
  return hi * hi + lo;
}
