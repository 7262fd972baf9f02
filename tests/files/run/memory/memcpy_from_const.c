// Memory without a shadow is copied into memory that gets one: nothing may be added to the source.
//! ret REAL
//! dup REAL w[4] = fill
//! const REAL s[4] = 0.3 0.4 0.5 0.6
//! const int n = 4
#include "case.h"
REAL f(const REAL *w, const REAL *s, int n) {
  REAL state[8];
  memcpy(state, s, (size_t)n * sizeof(REAL));
  REAL sum = 0;
  for (int t = 0; t < 3; t++)
    for (int i = 0; i < n; i++) {
      state[i] = state[i] * w[i];
      sum += state[i];
    }
  return sum;
}
