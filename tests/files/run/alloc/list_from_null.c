// A list's first node gets null for its successor, in a function that also links other nodes.
//! ret REAL
//! out REAL x = 1.5 | -0.7
//! const int n = 4 | 0
#include "case.h"
struct node {
  REAL value;
  struct node *next;
};
static void __attribute__((noinline)) init(struct node *self, struct node *next, REAL value) {
  self->value = value;
  self->next = next;
}
static REAL sum(const struct node *list) {
  REAL s = 0;
  for (; list; list = list->next) s += list->value * list->value;
  return s;
}
REAL f(REAL x, int n) {
  struct node *list = (struct node *)malloc(sizeof(*list));
  init(list, 0, x);
  for (int i = 0; i < n; i++) {
    struct node *fresh = (struct node *)malloc(sizeof(*fresh));
    init(fresh, list, x);
    list = fresh;
  }
  REAL s = sum(list);
  while (list) {
    struct node *next = list->next;
    free(list);
    list = next;
  }
  return s;
}
