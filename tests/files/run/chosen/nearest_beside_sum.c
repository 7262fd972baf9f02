// A loop that chooses the nearest of a few points also adds up logarithms, with a place that makes no sense in its first
// iterations: what the choice does not need must not be done again with it.
//! ret REAL
//! out REAL x = 0.7
//! dup REAL a[8] = 1.2 0.9 -0.4 1.1 0.66 0.3 1.7 -1.1
//! dup REAL w[8] = 1.5 0.4 2.2 0.8 1.1 0.9 3.1 0.6
//! const int n = 6 | 8 | 0
#include "case.h"
NOINLINE static REAL nearest(REAL x, const REAL *a, const REAL *w, int n, REAL *sum) {
  REAL least = 1e3, logs = 0.25;
  int place = 100000000;
  for (int j = 0; j < n; j++) {
    if (w[j] < 0.5) place = 0;
    REAL d = a[j] * x - w[j] * w[j];
    d = d * d;
    if (d < least) least = d;
    if (w[j] < 1) {
      logs += log(w[place]) * (j + 1);
      place += 1 + (place & 1);
    }
  }
  *sum = logs;
  return least;
}
REAL f(REAL x, REAL *a, REAL *w, int n) {
  REAL sum = 0;
  REAL least = nearest(x, a, w, n, &sum);
  return least * sum + sum * x;
}
