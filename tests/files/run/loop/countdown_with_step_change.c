// The step of the counter depends on what was found: halved, doubled, reversed.
//! ret REAL
//! dup REAL a[20] = fill(-1, 1)
#include "case.h"
REAL f(const REAL *a) {
  int at = 10, step = 4, budget = 15;
  REAL s = 1;
  while (step && budget--) {
    s = 0.8 * s + a[at] * a[(at + 7) % 20];
    if (a[at] > 0.3) step = -step;
    else if (a[at] < -0.3) step = step * 2 % 7;
    else step -= step > 0 ? 1 : -1;
    at = ((at + step) % 20 + 20) % 20;
  }
  return s * s;
}
