// A running sum in place.
//! dup REAL a[7] = fill
//! const int n = 7
#include "case.h"
void f(REAL *a, int n) {
  for (int i = 1; i < n; i++) a[i] += a[i - 1];
}
