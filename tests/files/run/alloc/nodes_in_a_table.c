// Nodes found through a table of pointers: a second reverse pass on one tape needs the table's shadow unharmed.
//! ret REAL
//! out REAL x = 1.5 | -0.25
//! const int n = 3
#include "case.h"
struct node { REAL v; struct node *next; REAL w; };
REAL f(REAL x, int n) {
  struct node *c[4];
  for (int i = 0; i < n; i++) c[i] = (struct node *)malloc(sizeof(struct node));
  for (int i = 0; i < n; i++) { c[i]->v = sin(x) * (i + 1); c[i]->w = x; c[i]->next = c[(i + 1) % n]; }
  struct node *p = c[0];
  REAL s = 0;
  for (int k = 0; k < 5; k++) { s += p->v * p->w * 0.25; p = p->next; p->v += s * 0.5; }
  for (int i = 0; i < n; i++) free(c[i]);
  return s;
}
