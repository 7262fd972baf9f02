// Four floats to a half: neighbours, and products of chosen lanes.
//! flags -mavx2
//! ret REALF
//! fd 0.05 0.01
//! dup REALF a[8] = fill
//! dup REALF b[8] = fill
//! interpreted off it has no vendor intrinsics
#include "case.h"
#ifdef RZ_DUAL
static inline void neighbours(const REALF *a, const REALF *b, REALF *r) {
  for (int h = 0; h < 8; h += 4) {
    for (int i = 0; i < 2; i++) {
      r[h + i] = a[h + 2 * i] + a[h + 2 * i + 1], r[h + 2 + i] = b[h + 2 * i] + b[h + 2 * i + 1];
      r[8 + h + i] = a[h + 2 * i] - a[h + 2 * i + 1], r[10 + h + i] = b[h + 2 * i] - b[h + 2 * i + 1];
    }
    REALF dot = a[h] * b[h] + a[h + 1] * b[h + 1] + a[h + 3] * b[h + 3];
    for (int i = 0; i < 4; i++) r[16 + h + i] = 0xb5 >> i & 1 ? dot : (REALF)0;
    for (int i = 0; i < 4; i++) r[24 + h + i] = i % 2 ? a[h + i] + b[h + i] : a[h + i] - b[h + i];
  }
}
#else
#include <immintrin.h>
static inline void neighbours(const float *a, const float *b, float *r) {
  __m256 x = _mm256_loadu_ps(a), y = _mm256_loadu_ps(b);
  _mm256_storeu_ps(r, _mm256_hadd_ps(x, y));
  _mm256_storeu_ps(r + 8, _mm256_hsub_ps(x, y));
  _mm256_storeu_ps(r + 16, _mm256_dp_ps(x, y, 0xb5));
  _mm256_storeu_ps(r + 24, _mm256_addsub_ps(x, y));
}
#endif
REALF f(const REALF *a, const REALF *b) {
  REALF r[32], s = 0;
  neighbours(a, b, r);
  for (int i = 0; i < 32; i++) s += r[i] * r[i] * (i + 1.0f);
  return s;
}
