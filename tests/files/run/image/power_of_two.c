// A union holds a float, then the bytes of a power of two: they are no function of what was there.
//! ret REAL
//! out REAL x = 1.25 | 0.75
//! out REAL y = -0.5 | 2
//! const int n = 3 | -2
#include "case.h"
union word { REAL d; int64_t i; };
NOINLINE static void power(union word *u, int e) {
#ifdef RZ_DUAL
  u->d = ldexp(1.0, e);
#else
  u->i = (int64_t)(e + 1023) << 52;
#endif
}
REAL f(REAL x, REAL y, int n) {
  union word u;
  u.d = x * y;
  REAL a = u.d * u.d;
  power(&u, n);
  return a * u.d * x;
}
