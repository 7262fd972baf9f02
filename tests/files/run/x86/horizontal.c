// Sums and differences of neighbours, in each half of a register.
//! flags -mavx2
//! ret REAL
//! dup REAL a[4] = fill
//! dup REAL b[4] = fill
//! interpreted off it has no vendor intrinsics
#include "case.h"
#ifdef RZ_DUAL
static inline void neighbours(const REAL *a, const REAL *b, REAL *r) {
  for (int h = 0; h < 4; h += 2) {
    r[h] = a[h] + a[h + 1], r[h + 1] = b[h] + b[h + 1];
    r[4 + h] = a[h] - a[h + 1], r[5 + h] = b[h] - b[h + 1];
    r[8 + h] = a[h] - b[h], r[9 + h] = a[h + 1] + b[h + 1];
  }
}
#else
#include <immintrin.h>
static inline void neighbours(const double *a, const double *b, double *r) {
  __m256d x = _mm256_loadu_pd(a), y = _mm256_loadu_pd(b);
  _mm256_storeu_pd(r, _mm256_hadd_pd(x, y));
  _mm256_storeu_pd(r + 4, _mm256_hsub_pd(x, y));
  _mm256_storeu_pd(r + 8, _mm256_addsub_pd(x, y));
}
#endif
REAL f(const REAL *a, const REAL *b) {
  REAL r[12], s = 0;
  neighbours(a, b, r);
  for (int i = 0; i < 12; i++) s += r[i] * r[i] * (i + 1.0);
  return s;
}
