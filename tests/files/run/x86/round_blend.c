// Rounding is constant, blends choose by the sign of a mask or by a number.
//! flags -mavx2
//! ret REAL
//! dup REAL a[4] = fill
//! dup REAL b[4] = fill
//! interpreted off it has no vendor intrinsics
#include "case.h"
#ifdef RZ_DUAL
static inline void blends(const REAL *a, const REAL *b, REAL *r) {
  for (int i = 0; i < 4; i++) {
    r[i] = a[i] - trunc(a[i]), r[4 + i] = b[i] - 0.25 < 0 ? b[i] : a[i], r[8 + i] = i == 1 || i == 2 ? b[i] : a[i];
    r[12 + i] = a[i] < b[i] ? a[i] * b[i] : REAL(0), r[16 + i] = a[i] < b[i] ? REAL(0) : a[i];
    r[20 + i] = fabs(a[i]), r[24 + i] = -b[i];
  }
  r[28] = trunc(b[0]), r[29] = a[1];
}
#else
#include <immintrin.h>
static inline void blends(const double *a, const double *b, double *r) {
  __m256d x = _mm256_loadu_pd(a), y = _mm256_loadu_pd(b);
  _mm256_storeu_pd(r, _mm256_sub_pd(x, _mm256_round_pd(x, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC)));
  _mm256_storeu_pd(r + 4, _mm256_blendv_pd(x, y, _mm256_sub_pd(y, _mm256_set1_pd(0.25))));
  _mm256_storeu_pd(r + 8, _mm256_blend_pd(x, y, 0x6));
  __m256d on = _mm256_cmp_pd(x, y, _CMP_LT_OQ);
  _mm256_storeu_pd(r + 12, _mm256_and_pd(on, _mm256_mul_pd(x, y)));
  _mm256_storeu_pd(r + 16, _mm256_andnot_pd(on, x));
  _mm256_storeu_pd(r + 20, _mm256_andnot_pd(_mm256_set1_pd(-0.0), x));
  _mm256_storeu_pd(r + 24, _mm256_xor_pd(_mm256_set1_pd(-0.0), y));
  _mm_storeu_pd(r + 28, _mm_round_sd(_mm_loadu_pd(a), _mm_loadu_pd(b), _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC));
}
#endif
REAL f(const REAL *a, const REAL *b) {
  REAL r[30], s = 0;
  blends(a, b, r);
  for (int i = 0; i < 30; i++) s += r[i] * r[i] * (i + 1.0);
  return s;
}
