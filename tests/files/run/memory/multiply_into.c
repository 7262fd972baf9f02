// The output is also an input.
//! dup REAL x[1] = 3
//! dup REAL y[1] = 0.5
#include "case.h"
void f(const REAL *x, REAL *y) { *y *= *x; }
