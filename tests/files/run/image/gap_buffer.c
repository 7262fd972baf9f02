// Words are inserted in order: neighbours a[i - 1] and a[i], a memmove of varying length.
//! ret REAL
//! out REAL x = 1.25 | 0.75
//! dup REAL a[6] = 0.5 1.25 2.5 0.75 3.25 1.5 | fill(0.25, 2)
#include "case.h"
NOINLINE static void insert(WORD *b, int *n, int at, WORD v) {
  memmove((void *)(b + at + 1), b + at, (*n - at) * sizeof *b);
  b[at] = v;
  ++*n;
}
REAL f(REAL x, REAL *a) {
  WORD b[7];
  int count = 0;
  for (int i = 0; i < 6; i++) {
    REAL v = x * a[i];
    WORD w;
    memcpy((void *)&w, &v, sizeof w);
    int at = count;
    while (at > 0 && b[at - 1] > w) at--;
    insert(b, &count, at, w);
  }
  REAL r = 0;
  for (int i = 0; i < 6; i++) {
    REAL v;
    memcpy((void *)&v, b + i, sizeof v);
    r += v * (i + 1);
  }
  return r;
}
