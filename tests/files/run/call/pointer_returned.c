// A callee that chooses which memory to use.
//! ret REAL
//! dup REAL a[2] = 0.7 1.9
//! const int k = 0 | 1
#include "case.h"
NOINLINE static REAL *choose(REAL *p, int k) { return p + k; }
REAL f(REAL *a, int k) {
  REAL *p = choose(a, k);
  *p = *p * *p * *p;
  return *p * a[0] + a[1];
}
