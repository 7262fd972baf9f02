// Iterating over the set bits of a mask.
//! ret REAL
//! dup REAL a[8] = fill
//! const unsigned mask = 0xb5
#include "case.h"
REAL f(const REAL *a, unsigned mask) {
  REAL s = 1;
  while (mask) {
    int i = __builtin_ctz(mask);
    s = s * a[i] + 0.25;
    mask &= mask - 1;
  }
  return s;
}
