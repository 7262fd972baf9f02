// A list with nodes whose payload pointers are shared, reversed in place, then walked.
//! ret REAL
//! dup REAL a[8] = fill
//! const int n = 5
#include "case.h"
struct node { REAL *v; struct node *next; int k; };
NOINLINE static struct node *push(struct node *h, REAL *v, int k) { struct node *x = (struct node *)malloc(sizeof *x); x->v = v; x->next = h; x->k = k; return x; }
NOINLINE static struct node *rev(struct node *h) { struct node *r = 0; while (h) { struct node *t = h->next; h->next = r; r = h; h = t; } return r; }
REAL f(REAL *a, int n) {
  struct node *h = 0; for (int i = 0; i < 10; i++) h = push(h, a + (i * 3) % 8, i);
  REAL s = 1;
  for (int r = 0; r < 3; r++) { for (struct node *p = h; p; p = p->next) { s = s * 0.6 + *p->v * p->k * 0.1; *p->v = *p->v * 0.9 + 0.01 * s; p->k++; } h = rev(h); }
  while (h) { struct node *t = h->next; s += *h->v * s; free(h); h = t; }
  return s;
}
