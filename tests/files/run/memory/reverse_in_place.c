// Swapping ends towards the middle.
//! ret REAL
//! dup REAL a[7] = fill
//! const int n = 7
#include "case.h"
REAL f(REAL *a, int n) {
  for (int i = 0, j = n - 1; i < j; i++, j--) {
    REAL t = a[i] * 1.5;
    a[i] = a[j] * a[i];
    a[j] = t;
  }
  return a[0] * a[1] - a[6];
}
