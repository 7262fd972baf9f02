// A queue of two growing arrays with a cursor in memory, moved and put back.
//! ret REAL
//! dup REAL a[9] = fill
//! const int n = 9 | 4
#include "case.h"
struct list { REAL *begin, *end, *limit; };
NOINLINE static void push(struct list *l, REAL x) {
  if (l->end == l->limit) {
    long n = l->end - l->begin;
    REAL *grown = (REAL *)malloc((2 * n + 1) * sizeof *grown);
    if (n) memcpy(grown, l->begin, n * sizeof *grown);
    free(l->begin);
    l->begin = grown, l->end = grown + n, l->limit = grown + 2 * n + 1;
  }
  *l->end++ = x;
}
REAL f(const REAL *a, int n) {
  struct list l[2] = {{0, 0, 0}, {0, 0, 0}};
  for (int i = 0; i < n; i++) push(&l[i % 2], a[i] * i);
  REAL s = 1;
  for (int k = 0; k < 2; k++)
    for (REAL *p = l[k].begin; p != l[k].end; p++) s += *p * *p * (k + 1);
  free(l[0].begin), free(l[1].begin);
  return s;
}
