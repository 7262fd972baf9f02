// Inactive calls among active ones.
//! ret REAL
//! dup REAL a[3] = fill
#include "case.h"
REAL f(const REAL *a) {
  REAL s = 1;
  for (int i = 0; i < 3; i++) {
    if (i == 1) puts("middle");
    s *= a[i];
  }
  return s;
}
