// Counters that shrink by halves and grow by the golden ratio's integers.
//! ret REAL
//! dup REAL a[16] = fill
#include "case.h"
REAL f(REAL *a) {
  for (int h = 8; h > 0; h /= 2)
    for (int i = 0; i < h; i++) a[i] = a[i] * a[i + h] + a[i];
  REAL s = a[0];
  for (int p = 1, q = 1; q < 16; q += p, p = q - p) s += a[q] / (1 + a[p]);
  return s;
}
