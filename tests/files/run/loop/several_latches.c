// Continue at several places: each is a back edge with values of its own.
//! ret REAL
//! dup REAL a[10] = fill(-1, 1)
#include "case.h"
REAL f(const REAL *a) {
  REAL s = 0, run = 1;
  int i = -1;
  for (;;) {
    if (++i == 10) break;
    if (a[i] < -0.5) {
      run = 1;
      continue;
    }
    if (a[i] < 0) {
      run *= a[i];
      s -= run;
      continue;
    }
    if (i % 3 == 0) continue;
    run += a[i] * run;
    s += run * a[i];
  }
  return s + run;
}
