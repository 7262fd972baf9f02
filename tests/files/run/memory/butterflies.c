// The halves of a butterfly lie apart by a distance that doubles: what the reverse pass reads from the tape.
//! ret REAL
//! dup REAL a[16] = fill(-1, 1) | fill(0.5, 2)
//! const long n = 16 | 8
#include "case.h"
REAL f(REAL *a, long n) {
  for (long length = 2; length <= n; length *= 2) {
    REAL step = (REAL)1 / (REAL)length;
    for (long first = 0; first < n; first += length) {
      REAL *low = a + first, *high = low + length / 2, w = 1;
      for (long k = 0; k < length / 2; k++) {
        REAL turned = w * high[k];
        high[k] = low[k] - turned;
        low[k] += turned;
        w = w * w - step;
      }
    }
  }
  REAL sum = 0;
  for (long i = 0; i < n; i++)
    sum += a[i] * a[i] * (REAL)(i + 1);
  return sum;
}
