// Constants that a function knows nothing about are copied over numbers: their derivative ends.
//! ret REAL
//! dup REAL x[4] = 1.5 0.7 2.3 1.1 | fill(-1, 2)
//! const int n = 2 | 0
#include "case.h"
NOINLINE static void move(void *to, const void *from, size_t n) { memcpy(to, from, n); }
REAL f(REAL *x, int n) {
  static const REAL c[4] = {1.25, 2.5, 3.75, 4.5};
  REAL y[4];
  for (int i = 0; i < 4; i++) y[i] = x[i] * x[i];
  move((void *)(y + 1), c, n * sizeof(REAL));
  return y[0] * y[1] + y[2] * y[3];
}
