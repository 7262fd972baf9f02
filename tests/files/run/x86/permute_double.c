// Doubles chosen within their half of a register, by bit 1.
//! flags -mavx2
//! ret REAL
//! dup REAL a[4] = fill
//! dup REAL b[4] = fill
//! const long n[4] = 0 2 2 0
//! interpreted off it has no vendor intrinsics
#include "case.h"
#ifdef RZ_DUAL
static inline void moved(const REAL *a, const long *n, REAL *r) {
  for (int i = 0; i < 4; i++) r[i] = a[i / 2 * 2 + (n[i] >> 1 & 1)];
}
#else
#include <immintrin.h>
static inline void moved(const double *a, const long *n, double *r) {
  _mm256_storeu_pd(r, _mm256_permutevar_pd(_mm256_loadu_pd(a), _mm256_loadu_si256((const __m256i *)n)));
}
#endif
REAL f(const REAL *a, const REAL *b, const long *n) {
  REAL r[4], s = 0;
  moved(a, n, r);
  for (int i = 0; i < 4; i++) s += r[i] * b[i] * (i + 1.0);
  return s;
}
