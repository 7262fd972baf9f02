// Nodes with edges to each other, among them cycles; values spread along the edges.
//! ret REAL
//! dup REAL a[4] = fill
//! const int n = 4
#include "case.h"
struct node { REAL value, next; int count; struct node *edge[2]; };
REAL f(const REAL *a, int n) {
  struct node *g = (struct node *)calloc(n, sizeof(struct node));
  for (int i = 0; i < n; i++) {
    g[i].value = a[i];
    g[i].count = 1 + i % 2;
    g[i].edge[0] = &g[(i + 1) % n];
    g[i].edge[1] = &g[(i * i) % n];
  }
  for (int step = 0; step < 3; step++) {
    for (int i = 0; i < n; i++) {
      g[i].next = g[i].value * 0.5;
      for (int k = 0; k < g[i].count; k++) g[i].next += sin(g[i].edge[k]->value);
    }
    for (int i = 0; i < n; i++) g[i].value = g[i].next;
  }
  REAL s = 0;
  for (int i = 0; i < n; i++) s += g[i].value * a[i];
  free(g);
  return s;
}
