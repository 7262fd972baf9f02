// Signs of single lanes, by vectors of integers.
//! second refuse RZ0012 rf
//! ret REAL
//! dup REAL a[4] = 1.5 -2.5 3 -4
//! dup REAL b[4] = 0.5 2 -1 0.75
#include "case.h"
#ifdef RZ_DUAL
static void signs(const REAL *a, const REAL *b, REAL *r) {
  r[0] = -a[0], r[1] = a[1], r[2] = -a[2], r[3] = a[3];
  r[4] = fabs(b[0]), r[5] = b[1], r[6] = fabs(b[2]), r[7] = b[3];
}
#else
typedef uint64_t BITS4 __attribute__((ext_vector_type(4)));
static void signs(const REAL *a, const REAL *b, REAL *r) {
  BITS4 x, y;
  memcpy(&x, a, sizeof x);
  memcpy(&y, b, sizeof y);
  x ^= (BITS4){UINT64_C(1) << 63, 0, UINT64_C(1) << 63, 0};
  y &= (BITS4){~(UINT64_C(1) << 63), ~UINT64_C(0), ~(UINT64_C(1) << 63), ~UINT64_C(0)};
  memcpy(r, &x, sizeof x);
  memcpy(r + 4, &y, sizeof y);
}
#endif
REAL f(const REAL *a, const REAL *b) {
  REAL r[8], s = 0;
  signs(a, b, r);
  for (int i = 0; i < 8; i++) s += r[i] * r[i] * r[(i + 3) % 8];
  return s;
}
