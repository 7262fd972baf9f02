// Arms that would not be finite at the point where they are not taken.
//! fd off
//! ret REAL
//! dup REAL x[5] = 0 1.5 -2 0.25 4
#include "case.h"
REAL f(const REAL *x) {
  REAL s = 0;
  for (int i = 0; i < 5; i++) {
    if (x[i] > 0) s += log(x[i]) * sqrt(x[i]);
    else if (x[i] < 0) s += pow(-x[i], 1.5);
    s += x[i] == 0 ? x[i] * 3 : x[i] / fabs(x[i]) * x[i];
  }
  return s;
}
