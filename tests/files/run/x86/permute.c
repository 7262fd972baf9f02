// Lanes chosen at run time.
//! flags -mavx2
//! ret REALF
//! fd 0.05 0.01
//! dup REALF a[8] = fill
//! const int n[8] = 5 2 7 0 0 3 6 1
//! interpreted off it has no vendor intrinsics
#include "case.h"
#ifdef RZ_DUAL
static inline void moved(const REALF *a, const int *n, REALF *r) {
  for (int i = 0; i < 8; i++) r[i] = a[n[i] & 7], r[8 + i] = a[i / 4 * 4 + (n[i] & 3)];
}
#else
#include <immintrin.h>
static inline void moved(const float *a, const int *n, float *r) {
  __m256 x = _mm256_loadu_ps(a);
  __m256i by = _mm256_loadu_si256((const __m256i *)n);
  _mm256_storeu_ps(r, _mm256_permutevar8x32_ps(x, by));
  _mm256_storeu_ps(r + 8, _mm256_permutevar_ps(x, by));
}
#endif
REALF f(const REALF *a, const int *n) {
  REALF r[16], s = 0;
  moved(a, n, r);
  for (int i = 0; i < 16; i++) s += r[i] * r[i] * (i + 1.0f);
  return s;
}
