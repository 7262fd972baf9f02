// Two diamonds in a row: four paths, each with its own products.
//! ret REAL
//! out REAL x = 0.7 | 0.7 | -0.7 | -0.7
//! out REAL y = 1.5 | -1.5 | 1.5 | -1.5
#include "case.h"
REAL f(REAL x, REAL y) {
  REAL s = 1;
  if (x > 0) s *= x * 2.0;
  else s -= x * y;
  if (y > 0) s = s * s + y;
  else s = s / (y - 1);
  return s;
}
