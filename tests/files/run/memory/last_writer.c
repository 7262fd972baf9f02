// Every iteration writes the same place; only the last counts.
//! ret REAL
//! dup REAL a[5] = fill
//! dup REAL out[1] = 3
#include "case.h"
REAL f(const REAL *a, REAL *out) {
  for (int i = 0; i < 5; i++) *out = a[i] * a[0];
  return *out * *out;
}
