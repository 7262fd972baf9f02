// What repeats in one run of the middle loop is other in the next.
//! ret REAL
//! dup REAL a[5] = fill(0.5, 1.2)
//! const int n = 3
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL x[5], out[5];
  for (int i = 0; i < 5; i++)
    x[i] = a[i];
  for (int t = 0; t < n; t++) {
    for (int i = 0; i < 5; i++) {
      REAL s = 0;
      for (int j = 0; j < 5; j++)
        s += x[j] * exp(-x[j] * (i + 1)) * x[j];
      out[i] = s * x[i];
    }
    for (int i = 0; i < 5; i++)
      x[i] = 0.5 * x[i] + out[i];
  }
  REAL sum = 0;
  for (int i = 0; i < 5; i++)
    sum += x[i] * (i + 1);
  return sum;
}
