// No marker at all: a pointer, a float, an integer and an unsigned char by their types.
//! style bare
//! ret REAL
//! dup REAL a[4] = fill
//! out REAL x = 0.3
//! const int n = 4
//! const unsigned char step = 2
#include "case.h"
REAL f(REAL *a, REAL x, int n, unsigned char step) {
  REAL s = x;
  for (int i = 0; i < n; i += step) {
    a[i] = a[i] * s;
    s += sin(a[i]) * x;
  }
  return s;
}
