// Which exit is taken decides what is returned, and both exits need what the loop carries.
//! ret REAL
//! out REAL x = 1.3 | 0.4 | 2.2
//! dup REAL a[5] = fill
//! const int n = 5
#include "case.h"
REAL f(REAL x, REAL *a, int n) {
  REAL s = x, p = 1;
  int i = 0;
  for (;;) {
    if (i == n) goto counted;
    s += a[i] * p;
    if (VALUE(s) > 4) goto large;
    p *= x;
    i++;
  }
counted:
  return s * p;
large:
  a[i] = s;
  return s * s + p + a[0];
}
