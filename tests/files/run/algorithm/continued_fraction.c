// Evaluated from the inside out.
//! ret REAL
//! dup REAL a[5] = fill(1, 2)
#include "case.h"
REAL f(const REAL *a) {
  REAL v = a[4];
  for (int i = 3; i >= 0; i--) v = a[i] + 1.0 / v;
  return v;
}
