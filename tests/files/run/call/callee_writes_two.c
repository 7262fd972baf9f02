// A callee whose two outputs alias in one of the calls.
//! ret REAL
//! dup REAL a[3] = 0.5 -1.5 2.5
#include "case.h"
NOINLINE static void g(REAL *p, REAL *q) {
  *p = *p * *q;
  *q = *p + *q * *q;
}
REAL f(REAL *a) {
  g(&a[0], &a[1]);
  g(&a[2], &a[2]);
  return a[0] * a[1] + a[2];
}
