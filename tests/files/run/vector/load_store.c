// Vectors loaded from and stored to memory.
//! dup REAL a[8] = fill
#include "case.h"
void f(REAL *a) {
  REAL4 *p = (REAL4 *)a;
  p[1] = p[0] * p[1];
  p[0] += p[1] * 2.0;
}
