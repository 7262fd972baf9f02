// Tests at the top of loops, pointers that walk, the largest magnitude, and a number of iterations that may be zero.
//! ret REAL
//! dup REAL x[7] = 1 -3 2 2.5 0.5 -1 0.25 | fill(-1, 2)
//! const int n = 7 | 0
#include "case.h"
REAL f(const REAL *x, int n) {
  const REAL *p = x, *end = x + n;
  REAL pivot = 0.125;
  while (p != end) {
    REAL v = *p++;
    if (fabs(v) > fabs(pivot))
      pivot = v;
  }
  REAL low = 10;
  for (int i = n; i-- > 0;) {
    REAL v = exp(x[i]) - x[n - 1 - i];
    low = low < v ? low : v;
  }
  return pivot * pivot + low + x[1] * x[2];
}
