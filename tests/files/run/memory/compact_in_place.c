// Elements that fail a test are dropped and the rest moves up, several times, with a new test each time.
//! ret REAL
//! dup REAL a[12] = fill(-1, 1)
#include "case.h"
REAL f(REAL *a) {
  int n = 12;
  for (int round = 0; round < 3; round++) {
    int m = 0;
    for (int i = 0; i < n; i++)
      if (a[i] > -0.6 + 0.3 * round) a[m++] = a[i] * a[(i + 1) % n] + a[i];
    n = m;
    if (n == 0) return a[0];
  }
  REAL s = 0;
  for (int i = 0; i < n; i++) s += a[i] * (i + 1);
  return s;
}
