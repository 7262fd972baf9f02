// More parameters than registers, some of them pointers.
//! ret REAL
//! dup REAL a[3] = 0.7 1.9 -0.4
#include "case.h"
NOINLINE static REAL g(REAL a, int i, REAL b, long j, REAL c, const REAL *p, REAL d, REAL e, REAL h, REAL k, REAL l, REAL m) {
  return a * i + b * j * c + p[1] * d * e + h * k * l * m;
}
REAL f(const REAL *a) { return g(a[0], 2, a[1], 3, a[2], a, a[0] * a[1], a[1], a[2], a[0], 1.5, a[1] * a[1]); }
