// One header, several bodies: which struct follows is known by a tag in a prefix that all share.
//! ret REAL
//! dup REAL a[5] = fill
#include "case.h"
struct shape { int kind; };
struct circle { struct shape base; REAL radius; };
struct box { struct shape base; REAL w, h; };
struct ring { struct circle outer; REAL inner; };
static NOINLINE REAL area(const struct shape *s) {
  switch (s->kind) {
  case 0: return 3.14 * ((const struct circle *)s)->radius * ((const struct circle *)s)->radius;
  case 1: return ((const struct box *)s)->w * ((const struct box *)s)->h;
  default: {
    const struct ring *r = (const struct ring *)s;
    return 3.14 * (r->outer.radius * r->outer.radius - r->inner * r->inner);
  }
  }
}
REAL f(const REAL *a) {
  struct circle c = {{0}, a[0]};
  struct box b = {{1}, a[1], a[2]};
  struct ring r = {{{2}, a[3] + 1}, a[4]};
  const struct shape *all[3] = {&c.base, &b.base, &r.outer.base};
  REAL s = 1;
  for (int i = 0; i < 3; i++) s = s * 0.5 + area(all[i]) * area(all[(i + 1) % 3]);
  return s;
}
