// Relaxed atomic adds of doubles.
//! ret REAL
//! dup REAL a[4] = fill
//! const int n = 4
#include "case.h"
#ifdef RZ_DUAL
static void add(REAL *p, REAL v) { *p += v; }
#else
static void add(REAL *p, REAL v) { __atomic_fetch_add(p, v, __ATOMIC_RELAXED); }
#endif
REAL f(REAL *a, int n) {
  REAL s = 0;
  for (int i = 0; i < n; i++) add(&s, a[i] * a[i]);
  for (int i = 0; i < n; i++) add(&a[i], s * a[(i + 1) % n]);
  return s * a[0];
}
