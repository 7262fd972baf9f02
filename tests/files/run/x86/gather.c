// Lanes from anywhere, some from the same place and some not at all.
//! flags -mavx2
//! ret REAL
//! dup REAL a[9] = fill
//! dup REAL b[4] = fill
//! const int n[4] = 7 2 7 0
//! interpreted off it has no vendor intrinsics
#include "case.h"
#ifdef RZ_DUAL
static inline void gathered(const REAL *a, const REAL *b, const int *n, REAL *r) {
  for (int i = 0; i < 4; i++) r[i] = a[n[i]], r[4 + i] = i % 2 ? b[i] : a[n[i]];
}
#else
#include <immintrin.h>
static inline void gathered(const double *a, const double *b, const int *n, double *r) {
  __m128i at = _mm_loadu_si128((const __m128i *)n);
  __m256d keep = _mm256_loadu_pd(b);
  _mm256_storeu_pd(r, _mm256_i32gather_pd(a, at, 8));
  __m256d on = _mm256_castsi256_pd(_mm256_setr_epi64x(-1, 0, -1, 0));
  _mm256_storeu_pd(r + 4, _mm256_mask_i32gather_pd(keep, a, at, on, 8));
}
#endif
REAL f(const REAL *a, const REAL *b, const int *n) {
  REAL r[8], s = 0;
  gathered(a, b, n, r);
  for (int i = 0; i < 8; i++) s += r[i] * r[i] * (i + 1.0);
  return s;
}
