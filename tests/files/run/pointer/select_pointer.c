// Which of two arrays is used is decided at run time.
//! ret REAL
//! dup REAL a[2] = 0.5 0.75
//! dup REAL b[2] = 1.5 2.5
//! const int k = 0 | 1
#include "case.h"
REAL f(REAL *a, REAL *b, int k) {
  REAL *p = k ? a : b;
  p[0] = p[0] * p[1];
  return p[0] * a[0] + b[0];
}
