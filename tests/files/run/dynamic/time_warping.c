// Two sequences aligned within a band; the cheapest of three predecessors, rows exchanged by pointers.
//! ret REAL
//! dup REAL a[7] = fill(-1, 1)
//! dup REAL b[6] = fill(-1, 1)
#include "case.h"
REAL f(const REAL *a, const REAL *b) {
  REAL r0[7], r1[7], *last = r0, *now = r1;
  for (int j = 0; j <= 6; j++) last[j] = j ? 1e3 : 0;
  for (int i = 1; i <= 7; i++) {
    for (int j = 0; j <= 6; j++) now[j] = 1e3;
    for (int j = i > 3 ? i - 3 : 1; j <= 6 && j <= i + 3; j++) {
      REAL d = (a[i - 1] - b[j - 1]) * (a[i - 1] - b[j - 1]), m = last[j];
      if (last[j - 1] < m) m = last[j - 1];
      if (now[j - 1] < m) m = now[j - 1];
      now[j] = d + m;
    }
    REAL *t = last;
    last = now, now = t;
  }
  return sqrt(last[6]);
}
