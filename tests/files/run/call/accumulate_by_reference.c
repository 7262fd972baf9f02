// Accumulators behind pointers are shared by calls, some of which get the same one twice.
//! ret REAL
//! dup REAL a[5] = fill
#include "case.h"
static NOINLINE void add(REAL *sum, REAL *product, REAL x) {
  *sum += x * *product;
  *product *= 1 + 0.1 * *sum;
}
REAL f(const REAL *a) {
  REAL s = 0.5, p = 1, both = a[4];
  for (int i = 0; i < 5; i++) {
    add(&s, &p, a[i]);
    if (i % 2) add(&both, &both, a[i] * 0.1);
    else add(&p, &s, 0.05);
  }
  return s * p + both;
}
