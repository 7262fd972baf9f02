// The callee changes its argument's memory; the caller needs both values.
//! ret REAL
//! dup REAL a[2] = 0.7 1.9
#include "case.h"
NOINLINE static void square(REAL *p) { *p = *p * *p; }
REAL f(REAL *a) {
  REAL before = a[0] * a[1];
  square(&a[0]);
  square(&a[1]);
  square(&a[0]);
  return before * a[0] * a[1];
}
