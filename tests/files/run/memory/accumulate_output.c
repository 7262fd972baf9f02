// y += in a loop: the shadow of y serves every iteration.
//! dup REAL x[5] = fill
//! dup REAL y[1] = 2
//! const int n = 5
#include "case.h"
void f(const REAL *x, REAL *y, int n) {
  for (int i = 0; i < n; i++) y[0] += x[i] * x[i];
}
