// Records in records, copied by assignment in functions of their own; only a few members are read.
//! second refuse RZ0012 rf rr
//! ret REAL
//! dup struct world w[2] { .b[0].q[1] .b[0].m .b[1].q[2] .b[1].m .t } = fill
#include "case.h"
struct body { REAL q[3]; short id; REAL m; };
struct world { int n; struct body b[2]; float unused[3]; REAL t; };
static NOINLINE void keep(struct world *to, const struct world *from) { *to = *from; }
static NOINLINE void swap(struct body *a, struct body *b) { struct body t = *a; *a = *b; *b = t; }
REAL f(struct world *w) {
  struct world old;
  keep(&old, &w[0]);
  swap(&w[0].b[0], &w[1].b[1]);
  w[1] = old;
  return old.b[1].m * w[0].b[0].m + w[1].t;
}
