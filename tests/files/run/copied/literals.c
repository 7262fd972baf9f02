// Compound literals and designated members.
//! ret REAL
//! dup REAL x[3] = fill
#include "case.h"
struct part { REAL u; int k; REAL v[3]; char c; REAL w; };
static NOINLINE void put(struct part *to, REAL x, int k) { *to = (struct part){.k = k, .v = {x, 2 * x}, .w = x * x}; }
static NOINLINE void rotate(struct part *p) {
  struct part t = p[0];
  p[0] = p[1], p[1] = p[2], p[2] = t;
}
REAL f(const REAL *x) {
  struct part p[3];
  for (int i = 0; i < 3; i++) put(&p[i], x[i], i);
  rotate(p);
  REAL s = 0;
  for (int i = 0; i < 3; i++) s += (p[i].v[1] + p[i].w) * (i + 1);
  return s;
}
