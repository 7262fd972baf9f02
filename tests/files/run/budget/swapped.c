// The new state becomes the old one by exchanging pointers, which are part of the state.
//! ret REAL
//! dup REAL start[5] = fill(0.2, 0.9)
//! const int steps = 17 | 0 | 1 | 4
//! options tape-budget=600
#include "case.h"
REAL f(const REAL *start, int steps) {
  REAL a[5], b[5];
  REAL *now = a, *then = b;
  for (int i = 0; i < 5; i++)
    now[i] = start[i];
  for (int t = 0; t < steps; t++) {
    for (int i = 0; i < 5; i++)
      then[i] = now[i] + 0.1 * now[i] * now[4 - i] * now[(i + 2) % 5] - 0.1 * now[i];
    REAL *swap = now;
    now = then;
    then = swap;
  }
  REAL s = 0;
  for (int i = 0; i < 5; i++)
    s += now[i] * now[i];
  return s;
}
