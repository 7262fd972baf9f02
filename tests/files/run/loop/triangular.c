// The inner trip count depends on the outer counter.
//! ret REAL
//! dup REAL a[6] = fill
//! const int n = 6 | 1
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL s = a[0];
  for (int i = 0; i < n; i++)
    for (int j = 0; j <= i; j++) s = s * 0.5 + a[i] * a[j] * sin(s);
  return s;
}
