// Integer arithmetic decides what is multiplied.
//! ret REAL
//! dup REAL a[4] = fill
//! const uint64_t key = 12345678901234567890u
//! interpreted off its long double holds 53 bits, the key needs 64
#include "case.h"
REAL f(const REAL *a, uint64_t key) {
  REAL s = 1;
  while (key) {
    s = s * 0.5 + a[key % 4] * s;
    key = key / 97 >> 1;
  }
  return s;
}
