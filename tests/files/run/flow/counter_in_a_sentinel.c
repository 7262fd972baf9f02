// A list whose head has its length where the nodes have their numbers.
//! ret REAL
//! out REAL x = 1.25 | 0.75
//! dup REAL a[4] = 0.5 1.25 2.5 0.75 | fill(-1, 2)
#include "case.h"
struct link { struct link *next, *prev; };
struct head { struct link link; size_t size; };
struct node { struct link link; REAL value; };
NOINLINE static void init(struct head *h) {
  h->link.next = h->link.prev = &h->link;
  h->size = 0;
}
NOINLINE static void hook(struct link *n, struct link *at) {
  n->next = at;
  n->prev = at->prev;
  at->prev->next = n;
  at->prev = n;
}
NOINLINE static void inc_size(struct head *h, size_t n) { h->size += n; }
NOINLINE static REAL *value_of(struct link *n) { return &((struct node *)n)->value; }
NOINLINE static void insert(struct head *h, struct link *at, REAL v) {
  struct node *n = (struct node *)malloc(sizeof *n);
  *value_of(&n->link) = v;
  hook(&n->link, at);
  inc_size(h, 1);
}
REAL f(REAL x, REAL *a) {
  struct head h;
  init(&h);
  for (int i = 0; i < 4; i++) insert(&h, i % 2 ? &h.link : h.link.next, a[i] * x);
  REAL r = 0;
  for (struct link *n = h.link.next; n != &h.link; n = n->next) r = r * 2 + *value_of(n) * *value_of(n);
  r *= (int)h.size;
  for (struct link *n = h.link.next; n != &h.link;) {
    struct link *next = n->next;
    free(n);
    n = next;
  }
  return r;
}
