// Forward gotos into a common tail.
//! ret REAL
//! out REAL x = 0.7 | -0.7 | 3
#include "case.h"
REAL f(REAL x) {
  REAL t = x * x, u = 1;
  if (x < 0) goto negative;
  if (x > 2) goto large;
  u = t * x;
  goto done;
negative:
  u = t - x;
large:
  u = u * t + x;
done:
  return u * t;
}
