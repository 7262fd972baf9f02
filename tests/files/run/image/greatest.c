// The greatest of some words is one of them, so it may hold a float; choosing it has no rule yet.
//! ret REAL
//! out REAL x = 1.25
//! dup REAL a[4] = 0.5 1.25 2.5 0.75
//! refuse RZ0015
#include "case.h"
#ifdef RZ_DUAL
#define KEY REAL
#else
#define KEY uint64_t
#endif
NOINLINE static KEY greatest(const KEY *k, int n) {
  KEY r = 0;
  for (int i = 0; i < n; i++) r = k[i] > r ? k[i] : r;
  return r;
}
REAL f(REAL x, REAL *a) {
  KEY k[4];
  for (int i = 0; i < 4; i++) {
    REAL v = a[i] * x;
    memcpy((void *)&k[i], &v, sizeof v);
  }
  KEY g = greatest(k, 4);
  REAL v;
  memcpy((void *)&v, &g, sizeof v);
  return v * v;
}
