// Sign bits changed where the numbers lie, through integers, so that no cast shows what they are.
//! second refuse RZ0015 rf
//! ret REAL
//! flags -fno-strict-aliasing
//! dup REAL a[8] = 1.5 -2.5 3 -4 0.5 -0.25 6 -7
//! dup REALF b[8] = 1.5 -2.5 3 -4 0.5 -0.25 6 -7
//! const int n = 8 | 3
#include "case.h"
#ifdef RZ_DUAL
static void flip(REAL *a, REALF *b, int n) { for (int i = 0; i < n; i++) a[i] = -a[i], b[i] = -b[i]; }
static void clear(REAL *a, REALF *b, int n) { for (int i = 0; i < n; i++) a[i] = fabs(a[i]), b[i] = fabsf(b[i]); }
static void raise(REAL *a, REALF *b, int n) { for (int i = 0; i < n; i++) a[i] = -fabs(a[i]), b[i] = -fabsf(b[i]); }
#else
static void flip(REAL *a, REALF *b, int n) {
  for (int i = 0; i < n; i++) ((uint64_t *)a)[i] ^= UINT64_C(1) << 63, ((uint32_t *)b)[i] ^= 1u << 31;
}
static void clear(REAL *a, REALF *b, int n) {
  for (int i = 0; i < n; i++) ((uint64_t *)a)[i] &= ~(UINT64_C(1) << 63), ((uint32_t *)b)[i] &= ~(1u << 31);
}
static void raise(REAL *a, REALF *b, int n) {
  for (int i = 0; i < n; i++) ((uint64_t *)a)[i] |= UINT64_C(1) << 63, ((uint32_t *)b)[i] |= 1u << 31;
}
#endif
REAL f(REAL *a, REALF *b, int n) {
  REAL s = 0;
  flip(a, b, n);
  for (int i = 0; i < 8; i++) s += a[i] * (REAL)b[i] * (i + 1.0);
  clear(a, b, n);
  for (int i = 0; i < 8; i++) s += a[i] * a[i] * (REAL)b[i];
  raise(a, b, n / 2);
  for (int i = 0; i < 8; i++) s += a[i] * (REAL)b[i] * a[i];
  return s;
}
