// The same scratch array is filled anew by every outer iteration.
//! ret REAL
//! dup REAL a[6] = fill
#include "case.h"
REAL f(const REAL *a) {
  REAL t[3], s = 1;
  for (int k = 0; k < 4; k++) {
    for (int i = 0; i < 3; i++) t[i] = sin(a[k + i % 2] * s);
    for (int i = 0; i < 3; i++) s += t[i] * t[(i + 1) % 3];
  }
  return s;
}
