// A running product is needed in every iteration.
//! ret REAL
//! dup REAL a[6] = fill
//! const int n = 6
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL p = 1;
  for (int i = 0; i < n; i++) p *= a[i];
  return p;
}
