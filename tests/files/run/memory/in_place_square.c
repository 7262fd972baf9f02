// Every element is overwritten by a function of itself.
//! dup REAL a[5] = fill
//! const int n = 5
#include "case.h"
void f(REAL *a, int n) {
  for (int i = 0; i < n; i++) a[i] = a[i] * a[i] + sin(a[i]);
}
