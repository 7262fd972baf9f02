// Computed goto: an indirectbr with three targets.
//! ret REAL
//! out REAL x = 0.7
//! const int k = 0 | 1 | 2
//! interpreted off it has no computed goto
#include "case.h"
REAL f(REAL x, int k) {
  static void *target[] = {&&one, &&two, &&three};
  REAL r = x * 2.0;
  goto *target[k];
one:
  r = r * x;
  goto out;
two:
  r = sin(r);
three:
  r = r * r + x;
out:
  return r * x;
}
