// A goto leaves both loops.
//! ret REAL
//! dup REAL a[4] = 0.5 0.6 0.7 3
#include "case.h"
REAL f(const REAL *a) {
  REAL s = 1;
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 4; j++) {
      if (s * a[j] > 4) goto out;
      s += a[i] * a[j] * s;
    }
out:
  return s * a[0];
}
