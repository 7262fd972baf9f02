// Walking a list built by the caller.
//! ret REAL
//! dup struct node nodes[4] { .v } = fill
//! link @->nodes[0].next = &@->nodes[2]
//! link @->nodes[2].next = &@->nodes[1]
//! link @->nodes[1].next = &@->nodes[3]
#include "case.h"
struct node { REAL v; struct node *next; };
REAL f(struct node *n) {
  REAL s = 1;
  for (; n; n = n->next) s = s * n->v + sin(n->v);
  return s;
}
