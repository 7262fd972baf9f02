// memcpy and memmove of one record and of runs of records.
//! second refuse RZ0012 rf
//! ret REAL
//! dup struct part p[4] { .u .v[0] .v[1] .v[2] } = fill
#include "case.h"
struct part { REAL u; int k; REAL v[3]; };
static NOINLINE void one(struct part *a, const struct part *b) { memcpy(a, b, sizeof *a); }
static NOINLINE void some(struct part *p, int at, int n) { memmove(&p[at + 1], &p[at], (n - at) * sizeof *p); }
REAL f(struct part *p) {
  struct part t;
  one(&t, &p[3]);
  some(p, 0, 3);
  one(&p[0], &t);
  return p[0].v[1] * p[2].v[1] + p[3].u;
}
