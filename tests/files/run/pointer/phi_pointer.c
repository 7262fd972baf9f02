// A pointer that alternates between two buffers.
//! ret REAL
//! dup REAL a[3] = fill
//! const int n = 4
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL one[3], two[3];
  for (int i = 0; i < 3; i++) one[i] = a[i], two[i] = 0;
  REAL *from = one, *to = two;
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < 3; i++) to[i] = from[i] * from[(i + 1) % 3] + 0.25;
    REAL *t = from;
    from = to;
    to = t;
  }
  return from[0] * from[2];
}
