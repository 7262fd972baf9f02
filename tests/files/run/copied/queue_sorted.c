// qsort of records with arrays.
//! second refuse RZ0012 rr
//! ret REAL
//! dup struct part p[5] { .u .v[0] .v[1] .v[2] } = fill
#include "case.h"
struct part { REAL u; int k; REAL v[3]; };
static int order(const void *a, const void *b) {
  const struct part *x = (const struct part *)a, *y = (const struct part *)b;
  return VALUE(x->u) < VALUE(y->u) ? -1 : VALUE(x->u) > VALUE(y->u);
}
REAL f(struct part *p) {
  qsort(p, 5, sizeof *p, order);
  REAL s = 0;
  for (int i = 0; i < 5; i++) s += p[i].v[0] * p[i].u * i;
  return s;
}
