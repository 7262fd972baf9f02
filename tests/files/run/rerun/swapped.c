// The new state becomes the old one by exchanging pointers.
//! ret REAL
//! dup REAL start[5] = fill(0.2, 0.9)
//! const int steps = 5
#include "case.h"
REAL f(const REAL *start, int steps) {
  REAL a[5], b[5], k[5];
  REAL *now = a, *then = b;
  for (int i = 0; i < 5; i++)
    now[i] = start[i];
  for (int t = 0; t < steps; t++) {
    for (int i = 0; i < 5; i++)
      k[i] = now[i] * now[(i + 1) % 5];
    for (int i = 0; i < 5; i++)
      then[i] = now[i] + 0.1 * k[i] * k[4 - i] * now[(i + 2) % 5];
    REAL *swap = now;
    now = then;
    then = swap;
  }
  REAL s = 0;
  for (int i = 0; i < 5; i++)
    s += now[i] * now[i];
  return s;
}
