// Counters that wrap around: an unsigned char as a ring index, and counting down until below zero.
//! ret REAL
//! dup REAL a[8] = fill
#include "case.h"
REAL f(const REAL *a) {
  REAL s = 1;
  unsigned char c = 250;
  for (int k = 0; k < 12; k++, c++) s += a[c & 7] * s * 0.25;
  for (unsigned i = 7; i < 8; i--) s = s * a[i] + 0.1;
  for (size_t i = 8; i-- > 0;) s += a[i] * a[(i * 3) % 8];
  return s;
}
