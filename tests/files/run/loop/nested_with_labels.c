// Three loops with continue and break to labels of outer ones, by goto.
//! ret REAL
//! dup REAL a[27] = fill
#include "case.h"
REAL f(const REAL *a) {
  REAL s = 0, t = 1;
  for (int i = 0; i < 3; i++) {
    for (int j = 0; j < 3; j++) {
      for (int k = 0; k < 3; k++) {
        REAL x = a[9 * i + 3 * j + k];
        if (x > 1.4) goto next_i;
        if (x < 0.6) goto next_j;
        t *= x;
        s += t * x;
        if (s > 25) goto done;
      }
      t = 1 + 0.1 * s;
    next_j:;
    }
    s *= 0.9;
  next_i:;
  }
done:
  return s + t;
}
