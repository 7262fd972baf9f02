// The same output is written twice; only the last counts.
//! dup REAL x[2] = 1.5 2.5
//! dup REAL y[1] = 9
#include "case.h"
void f(const REAL *x, REAL *y) {
  y[0] = x[0] * 2.0;
  y[0] = x[0] * x[1];
}
