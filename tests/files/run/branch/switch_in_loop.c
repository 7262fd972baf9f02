// Each turn takes another case, so what a case computed has an adjoint in its own turns only.
//! ret REAL
//! dup REAL x[12] = fill(-1, 2)
//! const int n = 12
#include "case.h"
REAL f(const REAL *x, int n) {
  REAL a = 1, b = 0.5;
  for (int i = 0; i < n; i++) {
    REAL t = a * x[i];
    switch (i * 5 % 7) {
    case 0:
      t = t * b + x[0];
      break;
    case 1:
      b = t * 0.5 + b * x[1];
      break;
    case 2:
      t = x[2] * x[3];
      break;
    case 3:
      t = t * t * 0.1;
      b = t - x[4];
      break;
    case 5:
      if (t > 0)
        t = t + b * b;
      break;
    default:
      b = b + x[5] * 0.25;
    }
    a = t * 0.75 + b;
  }
  return a * b;
}
