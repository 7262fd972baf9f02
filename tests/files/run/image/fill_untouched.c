// Memory that is only ever cleared: whatever it held has no influence any more.
//! ret REAL
//! out REAL x = 1.25 | 0.75
//! dup REAL a[8] = 1 2 3 4 5 6 7 8 | fill(-1, 2)
//! const int n = 3 | 2
#include "case.h"
REAL f(REAL x, REAL *a, int n) {
  memset((void *)a, 0, 2 * sizeof(REAL));
  memset((void *)(a + 4), 0, n * sizeof(REAL));
  return x * x;
}
