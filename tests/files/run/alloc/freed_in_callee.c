// The caller allocates, a callee uses and frees.
//! ret REAL
//! out REAL x = 0.7
#include "case.h"
NOINLINE static REAL consume(REAL *t) {
  REAL r = t[0] * t[1];
  free(t);
  return r;
}
REAL f(REAL x) {
  REAL *t = (REAL *)malloc(2 * sizeof(REAL));
  t[0] = x * x;
  t[1] = cos(x);
  return consume(t) * x;
}
