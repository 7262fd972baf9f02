// The bound moves while the loop runs.
//! ret REAL
//! dup REAL a[6] = fill
#include "case.h"
REAL f(const REAL *a) {
  REAL s = 1;
  int end = 3;
  for (int i = 0; i < end; i++) {
    s = s * a[i] + 0.5;
    if (i % 2 == 0 && end < 6) end++;
  }
  return s;
}
