// The caller does not need the primal output.
//! dup REAL x[3] = 1 2 3
//! dupnoneed REAL y[3] = 0.5 0.5 0.5
#include "case.h"
void f(const REAL *x, REAL *y) {
  for (int i = 0; i < 3; i++) y[i] = exp(x[i]) * x[2 - i];
}
