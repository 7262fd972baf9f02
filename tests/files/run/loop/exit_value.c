// The counter after the loop is used.
//! ret REAL
//! dup REAL a[6] = 0.5 0.5 2 1 3 1
#include "case.h"
REAL f(const REAL *a) {
  int i;
  REAL s = 0;
  for (i = 0; i < 5 && s < 2.5; i++) s += a[i];
  return s * i + a[i] * s;
}
