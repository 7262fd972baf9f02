// Relaxing edges until nothing changes.
//! ret REAL
//! dup REAL w[6] = 1.5 0.7 2.5 0.4 1.1 3
//! const int from[6] = 0 0 1 2 2 3
//! const int to[6] = 1 2 3 1 3 4
#include "case.h"
REAL f(const REAL *w, const int *from, const int *to) {
  REAL d[5] = {0, 100, 100, 100, 100};
  bool changed = 1;
  while (changed) {
    changed = 0;
    for (int e = 0; e < 6; e++)
      if (d[from[e]] + w[e] < d[to[e]]) {
        d[to[e]] = d[from[e]] + w[e];
        changed = 1;
      }
  }
  return d[4] * d[1];
}
