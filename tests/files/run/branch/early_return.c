// Several returns become one return block.
//! ret REAL
//! out REAL x = -2 | 0.5 | 1.5 | 9
#include "case.h"
REAL f(REAL x) {
  if (x < 0) return x * x;
  REAL y = exp(x);
  if (y < 3) return y * x;
  y = y * y;
  if (x > 5) return log(y);
  return y / x;
}
