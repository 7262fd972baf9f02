// Halves that travel in integer lanes.
//! flags -mavx2 -mf16c
//! ret REALF
//! fd off
//! dup REALF a[4] = 0.5 1.25 -2 3
//! interpreted off it has no vendor intrinsics
#include "case.h"
#ifdef RZ_DUAL
static inline void rounded(const REALF *a, REALF *r) {
  for (int i = 0; i < 4; i++) r[i] = a[i];
}
#else
#include <immintrin.h>
static inline void rounded(const float *a, float *r) {
  __m128i halves = _mm_cvtps_ph(_mm_loadu_ps(a), _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
  _mm_storeu_ps(r, _mm_cvtph_ps(halves));
}
#endif
REALF f(const REALF *a) {
  REALF r[4], s = 0;
  rounded(a, r);
  for (int i = 0; i < 4; i++) s += r[i] * r[i] * (i + 1.0f);
  return s;
}
