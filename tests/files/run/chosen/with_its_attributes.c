// What belongs to the best is kept with it, by one choice; for negative numbers there is none.
//! ret REAL
//! dup REAL x[18] = fill(0.5, 1.5) | fill(-3, -2)
//! const int n = 6
#include "case.h"
REAL f(const REAL *x, int n) {
  REAL best = 0.25, left = x[1], right = 2;
  for (int i = 0; i < n; i++) {
    REAL area = x[3 * i] * x[3 * i + 2];
    if (x[3 * i] + area >= best && x[3 * i] > 0) {
      best = x[3 * i] + area;
      left = sin(x[3 * i + 1]);
      right = x[3 * i + 2] * i;
    }
  }
  return best * left + right * right;
}
