// The exponent is read off the bits and is a number among others: it changes in steps, and only the rest of the
// logarithm has a derivative.
//! ret REAL
//! out REAL x = 1.25 | 0.3 | 1000
//! dup REAL a[3] = 3.5 0.7 90
#include "case.h"
#ifdef RZ_DUAL
static int exponent(REAL x) { return ilogb(VALUE(x)); }
static int rounded(REAL x) { return ilogb(VALUE(x) * (4.0 / 3)); }
#else
static int exponent(REAL x) {
  int64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return (int)(bits >> 52) - 1023;
}
// As the C library does it: a sum whose upper bits are taken.
NOINLINE static int rounded(REAL x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return (int)((int64_t)(bits - UINT64_C(0x3fe8000000000000)) >> 52);
}
#endif
NOINLINE static REAL logarithm(REAL x) {
  int e = exponent(x);
  REAL m = ldexp(x, -e) - 1;
  return (REAL)e + m * (1.4426950408889634 - m * (0.7213475204444817 - m * 0.2786524795555183));
}
REAL f(REAL x, REAL *a) {
  REAL s = logarithm(x);
  for (int i = 0; i < 3; i++)
    s += a[i] * (REAL)(rounded(a[i]) * 2 + 1) + logarithm(a[i] * x);
  return s;
}
