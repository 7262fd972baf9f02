// && and || make chains of blocks with one merge of many predecessors.
//! ret REAL
//! out REAL x = 0.7 | -0.7 | 4 | -4
//! out REAL y = 1.5 | 0.1 | 2 | 9
#include "case.h"
REAL f(REAL x, REAL y) {
  if ((x > 0 && y > 1) || (x < -1 && y > 3) || x * y > 5) return x * x * y;
  return x + y * y;
}
