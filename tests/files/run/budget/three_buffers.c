// Three buffers on the heap go round: a step reads the last two states.
//! ret REAL
//! dup REAL start[4] = fill(0.2, 0.9)
//! const int n = 4
//! const int steps = 23 | 2 | 1
//! options tape-budget=500
#include "case.h"
#include <stdlib.h>
REAL f(const REAL *start, int n, int steps) {
  REAL *old = (REAL *)calloc(n, sizeof(REAL)), *now = (REAL *)calloc(n, sizeof(REAL)),
       *then = (REAL *)calloc(n, sizeof(REAL));
  for (int i = 0; i < n; i++)
    old[i] = now[i] = start[i];
  for (int t = 0; t < steps; t++) {
    for (int i = 0; i < n; i++)
      then[i] = 1.9 * now[i] - 0.95 * old[i] - 0.1 * now[i] * now[i] * now[(i + 1) % n] +
                0.01 * sin(now[n - 1 - i]);
    REAL *swap = old;
    old = now;
    now = then;
    then = swap;
  }
  REAL s = 0;
  for (int i = 0; i < n; i++)
    s += now[i] * old[i];
  free(old);
  free(now);
  free(then);
  return s;
}
