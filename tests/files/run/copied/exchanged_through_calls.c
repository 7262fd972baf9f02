// Temporaries in a chain of calls; an array of arrays in a record.
//! ret REAL
//! dup struct grid g[2] { .a[0][1] .a[1][0] .s } = fill
#include "case.h"
struct grid { int w, h; REAL a[2][2]; unsigned char flags[3]; REAL s; };
static NOINLINE void set(struct grid *to, const struct grid *from) { *to = *from; }
static NOINLINE void swap(struct grid *a, struct grid *b) {
  struct grid t;
  set(&t, a);
  set(a, b);
  set(b, &t);
}
REAL f(struct grid *g) {
  swap(&g[0], &g[1]);
  return g[0].a[1][0] * g[1].s;
}
