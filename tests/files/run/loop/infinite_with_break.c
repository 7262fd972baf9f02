// for(;;) left by a condition in the middle.
//! ret REAL
//! out REAL x = 0.3 | 0.9
#include "case.h"
REAL f(REAL x) {
  REAL y = 1, s = 0;
  for (;;) {
    y = y * x;
    if (y < 0.01) break;
    s += y / (1 + s);
  }
  return s;
}
