// Two arguments that are the same memory.
//! ret REAL
//! dup REAL *p[2]
//! mem REAL data[2] = 0.5 1.5
//! link @->p[0] = @->data
//! link @->p[1] = @->data
#include "case.h"
REAL f(REAL **p) {
  REAL *x = p[0], *y = p[1];
  x[0] = y[0] * y[1];
  y[1] = x[0] * x[1];
  return x[0] * y[1];
}
