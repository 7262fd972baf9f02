// A string that is plucked: three time levels exchanged by pointers.
//! ret REAL
//! dup REAL u0[12] = fill(-0.1, 0.1)
//! out REAL c = 0.8
#include "case.h"
REAL f(const REAL *u0, REAL c) {
  REAL a[12], b[12], d[12], *old = a, *now = b, *next = d, energy = 0;
  for (int i = 0; i < 12; i++) old[i] = now[i] = u0[i];
  for (int t = 0; t < 6; t++) {
    for (int i = 0; i < 12; i++) {
      REAL left = i ? now[i - 1] : 0 * now[0], right = i < 11 ? now[i + 1] : 0 * now[0];
      next[i] = 2 * now[i] - old[i] + c * c * (left - 2 * now[i] + right);
    }
    REAL *t0 = old;
    old = now, now = next, next = t0;
  }
  for (int i = 0; i < 12; i++) energy += (now[i] - old[i]) * (now[i] - old[i]) + now[i] * u0[i];
  return energy;
}
