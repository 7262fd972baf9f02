// The counter is a pointer.
//! ret REAL
//! dup REAL a[9] = fill
//! const int n = 9
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL s = 1;
  for (const REAL *p = a, *end = a + n; p != end; ++p) s = s * 0.5 + *p * *p;
  return s;
}
