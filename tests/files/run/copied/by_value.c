// Large records by value and as results, never looked into on the way.
//! second refuse RZ0012 rf
//! ret REAL
//! dup struct part p[3] { .u .v[0] .v[1] .v[2] } = fill
#include "case.h"
struct part { REAL u; int k; REAL v[3]; };
static NOINLINE struct part pick(struct part a, struct part b, int c) { return c ? a : b; }
static NOINLINE REAL use(struct part a) { return a.u * a.v[2]; }
REAL f(struct part *p) {
  struct part q = pick(p[0], p[1], 1);
  p[2] = pick(q, p[2], 0);
  return use(q) + use(p[2]);
}
