// Estimates of reciprocals have the derivatives of what they estimate.
//! flags -mavx2
//! ret REALF
//! fd off
//! tol 2e-3
//! dup REALF a[8] = 0.5 1.5 2.5 3.5 0.75 8 1.25 6
//! interpreted off it has no vendor intrinsics
#include "case.h"
#ifdef RZ_DUAL
static inline void estimates(const REALF *a, REALF *r) {
  for (int i = 0; i < 8; i++) r[i] = 1.0f / a[i], r[8 + i] = 1.0f / sqrtf(a[i]);
  for (int i = 0; i < 4; i++) r[16 + i] = i ? a[i] : 1.0f / a[0], r[20 + i] = i ? a[4 + i] : 1.0f / sqrtf(a[4]);
}
#else
#include <immintrin.h>
static inline void estimates(const float *a, float *r) {
  __m256 x = _mm256_loadu_ps(a);
  _mm256_storeu_ps(r, _mm256_rcp_ps(x));
  _mm256_storeu_ps(r + 8, _mm256_rsqrt_ps(x));
  _mm_storeu_ps(r + 16, _mm_rcp_ss(_mm_loadu_ps(a)));
  _mm_storeu_ps(r + 20, _mm_rsqrt_ss(_mm_loadu_ps(a + 4)));
}
#endif
REALF f(const REALF *a) {
  REALF r[24], s = 0;
  estimates(a, r);
  for (int i = 0; i < 24; i++) s += r[i] * (i + 1.0f);
  return s;
}
