// A fast logarithm: all bits of a number, converted as an integer. No derivative by the operations, and no zero.
//! ret REAL
//! dup REAL a[3] = 3.5 0.7 90
//! fd off
//! interpreted off the oracle computes the number, not its approximation
//! refuse RZ0015
#include "case.h"
#ifdef RZ_DUAL
static REAL fast(REAL x) { return log2(x); }
#else
NOINLINE static REAL fast(REAL x) {
  int64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return (REAL)bits * 2.220446049250313e-16 - 1023;
}
#endif
REAL f(REAL *a) {
  REAL s = 0;
  for (int i = 0; i < 3; i++)
    s += fast(a[i]) * (i + 1);
  return s;
}
