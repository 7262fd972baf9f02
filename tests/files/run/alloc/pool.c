// A pool hands out fixed cells and takes them back: the same cell is used for different numbers, one after another.
//! ret REAL
//! dup REAL a[6] = fill
#include "case.h"
union cell { REAL value[2]; union cell *next; };
struct pool { union cell cells[4]; union cell *free; };
static union cell *take(struct pool *p) {
  union cell *c = p->free;
  p->free = c->next;
  return c;
}
static void give(struct pool *p, union cell *c) {
  c->next = p->free;
  p->free = c;
}
REAL f(const REAL *a) {
  struct pool p;
  p.free = NULL;
  for (int i = 3; i >= 0; i--) give(&p, &p.cells[i]);
  REAL s = 0;
  for (int i = 0; i + 1 < 6; i++) {
    union cell *u = take(&p), *v = take(&p);
    u->value[0] = a[i] * a[i];
    v->value[1] = a[i + 1] * u->value[0];
    s += sin(u->value[0]) * v->value[1];
    give(&p, u);
    give(&p, v);
  }
  return s;
}
