// The results land in the caller's memory.
//! out REAL x = 0.7
//! dup REAL y[2] = 5 6
#include "case.h"
void f(REAL x, REAL *y) {
  sincos(x * x, &y[0], &y[1]);
}
