// Fused multiply and add, and with alternating signs.
//! flags -mavx2 -mfma
//! ret REAL
//! dup REAL a[4] = fill
//! dup REAL b[4] = fill
//! dup REAL c[4] = fill
//! interpreted off it has no vendor intrinsics
#include "case.h"
#ifdef RZ_DUAL
static inline void fused(const REAL *a, const REAL *b, const REAL *c, REAL *r) {
  for (int i = 0; i < 4; i++) {
    r[i] = fma(a[i], b[i], c[i]), r[4 + i] = fma(-a[i], b[i], -c[i]);
    r[8 + i] = fma(a[i], b[i], i % 2 ? c[i] : -c[i]), r[12 + i] = fma(a[i], b[i], i % 2 ? -c[i] : c[i]);
  }
  r[16] = fma(a[0], b[0], c[0]), r[17] = a[1];
}
#else
#include <immintrin.h>
static inline void fused(const double *a, const double *b, const double *c, double *r) {
  __m256d x = _mm256_loadu_pd(a), y = _mm256_loadu_pd(b), z = _mm256_loadu_pd(c);
  _mm256_storeu_pd(r, _mm256_fmadd_pd(x, y, z));
  _mm256_storeu_pd(r + 4, _mm256_fnmsub_pd(x, y, z));
  _mm256_storeu_pd(r + 8, _mm256_fmaddsub_pd(x, y, z));
  _mm256_storeu_pd(r + 12, _mm256_fmsubadd_pd(x, y, z));
  _mm_storeu_pd(r + 16, _mm_fmadd_sd(_mm_loadu_pd(a), _mm_loadu_pd(b), _mm_loadu_pd(c)));
}
#endif
REAL f(const REAL *a, const REAL *b, const REAL *c) {
  REAL r[18], s = 0;
  fused(a, b, c, r);
  for (int i = 0; i < 18; i++) s += r[i] * r[i] * (i + 1.0);
  return s;
}
