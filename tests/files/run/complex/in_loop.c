// A complex iteration whose intermediate values the reverse pass needs.
//! ret REAL
//! dup REAL a[8] = fill
//! const int n = 4 | 2
//! interpreted off it has no complex functions
#include "case_complex.h"
REAL f(const REAL *a, int n) {
  COMPLEX z = MAKE(0.3, 0.2);
  for (int i = 0; i < n; i++) {
    COMPLEX c = MAKE(a[2 * i], a[2 * i + 1]);
    z = csin(z) * c + cexp(z) / (c + MAKE(2.0, 1.0));
  }
  return cabs(z) + RE(z);
}
