// Recursion to the end of a long list and back, with an update on the way down and one on the way up.
//! interpreted off its recursion is not as deep
//! ret REAL
//! dup REAL a[3] = fill
//! const int n = 400
#include "case.h"
struct node { REAL v; struct node *next; };
static NOINLINE REAL walk(struct node *p, REAL carried) {
  if (!p) return carried;
  p->v *= 1 + 0.001 * carried;
  REAL below = walk(p->next, carried + 0.01 * p->v);
  p->v += 0.001 * below;
  return below * 0.999 + p->v * 0.01;
}
REAL f(const REAL *a, int n) {
  struct node *nodes = (struct node *)malloc(n * sizeof *nodes);
  for (int i = 0; i < n; i++) {
    nodes[i].v = a[i % 3];
    nodes[i].next = i + 1 < n ? &nodes[i + 1] : NULL;
  }
  REAL r = walk(nodes, 0) + nodes[n / 2].v;
  free(nodes);
  return r;
}
