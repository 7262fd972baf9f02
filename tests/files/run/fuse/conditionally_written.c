// Not every element is written in every iteration.
//! ret REAL
//! dup REAL a[6] = fill(0.5, 1.5)
//! const int n = 5
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL t[6] = {0};
  REAL s = 0;
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < 6; j++)
      if (i == 0 || a[j] > 0.9)
        t[j] = a[j] * a[i];
    for (int j = 0; j < 6; j++)
      s += t[j] * t[j] * a[i];
  }
  return s;
}
