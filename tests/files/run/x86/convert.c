// Conversions between widths, and the scalar form that keeps the upper lanes.
//! flags -mavx2
//! fd 1e-2 1e-2
//! ret REAL
//! dup REAL a[4] = fill
//! dup REAL b[4] = fill
//! interpreted off it has no vendor intrinsics
#include "case.h"
#ifdef RZ_DUAL
static inline void converted(const REAL *a, const REAL *b, REAL *r) {
  r[0] = (REAL)(REALF)b[0], r[1] = (REAL)(REALF)a[1];
  for (int i = 0; i < 4; i++) r[2 + i] = (REAL)(REALF)a[i];
  r[6] = (int)rint(VALUE(a[0])) + (a[0] < b[0]) + (signbit(VALUE(b[0])) != 0) + 2 * (signbit(VALUE(b[1])) != 0);
}
#else
#include <immintrin.h>
static inline void converted(const double *a, const double *b, double *r) {
  __m128d x = _mm_loadu_pd(a), y = _mm_loadu_pd(b);
  __m128 low = _mm_cvtpd_ps(x);
  _mm_storeu_pd(r, _mm_cvtps_pd(_mm_cvtsd_ss(low, y)));
  _mm256_storeu_pd(r + 2, _mm256_cvtps_pd(_mm256_cvtpd_ps(_mm256_loadu_pd(a))));
  r[6] = _mm_cvtsd_si32(x) + _mm_comilt_sd(x, y) + _mm_movemask_pd(y);
}
#endif
REAL f(const REAL *a, const REAL *b) {
  REAL r[7], s = 0;
  converted(a, b, r);
  for (int i = 0; i < 7; i++) s += r[i] * r[i] * (i + 1.0);
  return s;
}
