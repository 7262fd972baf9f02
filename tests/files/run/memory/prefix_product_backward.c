// Running products from the end.
//! ret REAL
//! dup REAL a[6] = fill
#include "case.h"
REAL f(REAL *a) {
  for (int i = 4; i >= 0; i--) a[i] *= a[i + 1];
  return a[0] + a[3] * a[2];
}
