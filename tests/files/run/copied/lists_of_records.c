// Records with links, numbers and text, moved from a pool into a heap of their own.
//! refuse RZ0012 O0 O0-split
//! second refuse RZ0012 rr
//! ret REAL
//! dup REAL x[4] = fill
#include "case.h"
struct item { char name[12]; REAL price[2]; struct item *next; int left; };
static NOINLINE struct item *copy(const struct item *from) {
  struct item *to = (struct item *)malloc(sizeof *to);
  *to = *from;
  return to;
}
REAL f(const REAL *x) {
  struct item pool = {"first", {0, 0}, NULL, 3}, *head = NULL;
  for (int i = 0; i < 4; i++) {
    pool.price[i % 2] = x[i] * x[i];
    pool.left = i;
    pool.next = head;
    head = copy(&pool);
  }
  REAL s = 0;
  while (head) {
    struct item *next = head->next;
    s += head->price[0] * (head->left + 1) + head->price[1] * x[head->left];
    free(head);
    head = next;
  }
  return s;
}
