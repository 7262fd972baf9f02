// Loads and stores of some lanes; a lane that is off loads zero and stores nothing.
//! flags -mavx2
//! ret REAL
//! dup REAL a[4] = fill
//! dup REAL b[4] = fill
//! const long n[4] = -1 0 -5 3
//! interpreted off it has no vendor intrinsics
#include "case.h"
#ifdef RZ_DUAL
static inline void masked(const REAL *a, REAL *b, const long *n) {
  for (int i = 0; i < 4; i++)
    if (n[i] < 0) b[i] = a[i] * a[i];
}
#else
#include <immintrin.h>
static inline void masked(const double *a, double *b, const long *n) {
  __m256i on = _mm256_loadu_si256((const __m256i *)n);
  __m256d x = _mm256_maskload_pd(a, on);
  _mm256_maskstore_pd(b, on, _mm256_mul_pd(x, x));
}
#endif
REAL f(const REAL *a, REAL *b, const long *n) {
  masked(a, b, n);
  REAL s = 0;
  for (int i = 0; i < 4; i++) s += b[i] * b[i] * (i + 1.0);
  return s;
}
