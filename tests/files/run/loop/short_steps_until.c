// Steps until a threshold, with a bound besides.
//! ret REAL
//! out REAL x = 0.3 | 0.9
#include "case.h"
REAL f(REAL x) {
  REAL t = 0, y = 1;
  int k = 0;
  while (t < 2.0 && k < 50) {
    REAL h = 0.1 + 0.2 * x * y;
    y = y - h * y * x;
    t = t + h;
    k++;
  }
  return y * t;
}
