// Batches in memory at a multiple of 64, from posix_memalign, released in another order than made.
//! ret REAL
//! dup REAL a[8] = fill
#include "case.h"
REAL f(const REAL *a) {
  REAL *batch[2];
  for (int b = 0; b < 2; b++) {
    void *p = NULL;
    if (posix_memalign(&p, 64, 8 * sizeof(REAL))) return 0;
    assert((uintptr_t)p % 64 == 0);
    batch[b] = (REAL *)p;
    for (int i = 0; i < 8; i++) batch[b][i] = a[(i + b) % 8] * (b + 1);
  }
  REAL s = 0;
  for (int i = 0; i < 8; i++) s += exp(-batch[0][i] * batch[1][i]);
  free(batch[0]);
  for (int i = 0; i < 8; i++) s += batch[1][i] * batch[1][i];
  free(batch[1]);
  return s;
}
