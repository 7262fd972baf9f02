// Two places exchange their contents.
//! ret REAL
//! dup REAL a[2] = 0.5 1.5
#include "case.h"
REAL f(REAL *a) {
  REAL t = a[0];
  a[0] = a[1];
  a[1] = t;
  return a[0] * a[0] * a[1];
}
