// A list with a sentinel, links in both directions: items move to the front when they are used.
//! ret REAL
//! dup REAL a[5] = fill
//! const int used[8] = 3 1 3 4 0 2 1 3
#include "case.h"
struct link { struct link *next, *last; };
struct item { REAL value; struct link link; int id; };
static void unhook(struct link *l) { l->next->last = l->last, l->last->next = l->next; }
static void hook(struct link *head, struct link *l) {
  l->next = head->next, l->last = head;
  head->next->last = l, head->next = l;
}
REAL f(const REAL *a, const int *used) {
  struct link head;
  struct item items[5];
  head.next = head.last = &head;
  for (int i = 0; i < 5; i++) {
    items[i].value = a[i], items[i].id = i;
    hook(&head, &items[i].link);
  }
  REAL cost = 0;
  for (int k = 0; k < 8; k++) {
    REAL depth = 1;
    for (struct link *l = head.next; l != &head; l = l->next) {
      struct item *it = (struct item *)((char *)l - offsetof(struct item, link));
      depth *= it->value;
      if (it->id == used[k]) {
        cost += depth;
        it->value = it->value * 0.9 + 0.05;
        unhook(l);
        hook(&head, l);
        break;
      }
    }
  }
  return cost;
}
