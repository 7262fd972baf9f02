// Atomic variables of the language are added to by retrying until no other thread interferes.
//! ret REAL
//! dup REAL a[4] = fill
//! const int n = 4
//! interpreted off it has no compare-and-exchange
#include "case.h"
#ifdef RZ_DUAL
static void add(REAL *p, REAL v) { *p += v; }
static void subtract_product(REAL *p, REAL v, REAL w) { *p -= v * w; }
#else
static void add(REAL *p, REAL v) { *(_Atomic REAL *)p += v; }
static void subtract_product(REAL *p, REAL v, REAL w) { *(_Atomic REAL *)p -= v * w; }
#endif
REAL f(REAL *a, int n) {
  REAL s = a[1];
  for (int i = 0; i < n; i++) {
    REAL before = a[i];
    add(&a[i], s * a[(i + 1) % n]);
    subtract_product(&a[(i + 2) % n], before, a[i]);
    s += a[i] * before;
  }
  return s * a[0];
}
