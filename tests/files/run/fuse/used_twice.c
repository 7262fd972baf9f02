// The sum is needed by itself: its logarithm, and a later loop, use it.
//! ret REAL
//! dup REAL a[5] = fill(0.5, 1.5)
//! const int n = 4
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL t[5];
  REAL s = 0;
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < 5; j++)
      t[j] = sin(a[j] * (i + 1));
    for (int j = 0; j < 5; j++)
      s += t[j] * t[j];
  }
  REAL r = log(s);
  for (int i = 0; i < n; i++)
    r += s * a[i] * a[i];
  return r;
}
