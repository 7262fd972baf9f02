// One of what is read and what is written is constant.
//! ret REAL
//! dup REAL a[2] = 1.75 2.5
//! const REAL w[2] = 0.5 0.0
//! const int k = 0 | 1
#include "case.h"
REAL f(REAL *a, REAL *w, int k) {
  REAL *to = k ? &a[1] : &w[1];
  REAL *from = k ? &w[0] : &a[0];
  REAL s = *from * a[0];
  *to = s * s;
  return *from * 3.0 + a[1] * a[1] + s;
}
