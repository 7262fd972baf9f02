// An integer generator drives which values are used.
//! ret REAL
//! dup REAL a[5] = fill
//! const unsigned seed = 12345
#include "case.h"
REAL f(const REAL *a, unsigned seed) {
  REAL s = 1;
  for (int i = 0; i < 12; i++) {
    seed = seed * 1664525u + 1013904223u;
    if (seed & 0x10000) s = s * a[seed >> 29 & 3] + 0.1;
    else s = sin(s) + a[4];
  }
  return s;
}
