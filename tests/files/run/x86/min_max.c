// Packed and scalar extrema: the second operand on ties, lane 0 only in scalar forms.
//! flags -mavx2
//! ret REAL
//! dup REAL a[4] = fill
//! dup REAL b[4] = fill
//! interpreted off it has no vendor intrinsics
#include "case.h"
#ifdef RZ_DUAL
static inline void extrema(const REAL *a, const REAL *b, REAL *r) {
  for (int i = 0; i < 4; i++) r[i] = a[i] < b[i] ? a[i] : b[i], r[4 + i] = a[i] > b[i] ? a[i] : b[i];
  r[8] = a[0] < b[0] ? a[0] : b[0], r[9] = a[1];
  r[10] = b[0] > a[0] ? b[0] : a[0], r[11] = b[1];
}
#else
#include <immintrin.h>
static inline void extrema(const double *a, const double *b, double *r) {
  __m256d x = _mm256_loadu_pd(a), y = _mm256_loadu_pd(b);
  _mm256_storeu_pd(r, _mm256_min_pd(x, y));
  _mm256_storeu_pd(r + 4, _mm256_max_pd(x, y));
  __m128d u = _mm_loadu_pd(a), v = _mm_loadu_pd(b);
  _mm_storeu_pd(r + 8, _mm_min_sd(u, v));
  _mm_storeu_pd(r + 10, _mm_max_sd(v, u));
}
#endif
REAL f(const REAL *a, const REAL *b) {
  REAL r[12], s = 0;
  extrema(a, b, r);
  for (int i = 0; i < 12; i++) s += r[i] * r[i] * (i + 1.0);
  return s;
}
