// A window of three slides over an array that is changed behind it.
//! ret REAL
//! dup REAL a[7] = fill
//! const int n = 7
#include "case.h"
REAL f(REAL *a, int n) {
  REAL u = a[0], v = a[1], w = a[2], s = 0;
  for (int i = 3; i <= n; i++) {
    s += u * v - w;
    a[i - 3] = v * w;
    u = v;
    v = w;
    w = i < n ? a[i] : a[0];
  }
  return s + u * w;
}
