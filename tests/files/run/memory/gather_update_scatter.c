// Blocks of a big array are copied out, worked on, and written back to overlapping places.
//! dup REAL big[10] = fill
//! const int order[4] = 0 4 2 6
#include "case.h"
void f(REAL *big, const int *order) {
  for (int b = 0; b < 4; b++) {
    REAL local[4];
    memcpy(local, big + order[b], sizeof local);
    for (int i = 1; i < 4; i++) local[i] += local[i - 1] * local[i];
    memcpy(big + order[b], local, sizeof local);
  }
}
