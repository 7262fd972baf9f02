// A table inside the function.
//! ret REAL
//! out REAL x = 0.7
//! const int k = 0 | 2
#include "case.h"
REAL f(REAL x, int k) {
  static const double w[3] = {0.5, 1.5, -2.0};
  return w[k] * x * x + w[2 - k] * x;
}
