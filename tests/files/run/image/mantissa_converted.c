// The mantissa is taken off the bits, changed, and converted by another function: it is the number, and what was
// computed on the way has no derivative that the operations say.
//! ret REAL
//! dup REAL a[3] = 3.5 0.7 90
//! fd off
//! interpreted off the oracle computes the number from the number
//! refuse RZ0012 O1 O2 O3 O2-g O1-fsanitize=address
//! refuse RZ0015 O0 O0-split
#include "case.h"
#ifdef RZ_DUAL
REAL f(REAL *a) {
  REAL s = 0;
  for (int i = 0; i < 3; i++)
    s += ldexp(a[i], -ilogb(VALUE(a[i]))) * (i + 1);
  return s;
}
#else
NOINLINE static int64_t mantissa(REAL x) {
  int64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return (bits & INT64_C(0xfffffffffffff)) + INT64_C(0x10000000000000);
}
NOINLINE static REAL converted(int64_t m) { return (REAL)m * 2.220446049250313e-16; }
REAL f(REAL *a) {
  REAL s = 0;
  for (int i = 0; i < 3; i++)
    s += converted(mantissa(a[i])) * (i + 1);
  return s;
}
#endif
