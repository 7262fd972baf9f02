// A histogram is not scratch: every iteration adds to it. Its copy in each iteration is.
//! ret REAL
//! dup REAL a[6] = fill(0.5, 1.5)
//! const int bin[6] = 0 2 1 2 0 2
#include "case.h"
REAL f(const REAL *a, const int *bin) {
  REAL sum[3] = {0}, copy[3];
  REAL s = 0;
  for (int i = 0; i < 6; i++) {
    sum[bin[i]] += a[i] * a[i];
    for (int c = 0; c < 3; c++)
      copy[c] = sum[c] * a[c];
    for (int c = 0; c < 3; c++)
      s += copy[c] * copy[2 - c];
  }
  return s;
}
