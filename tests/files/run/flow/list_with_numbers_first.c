// Nodes of a list are moved word by word; the numbers come before the addresses.
//! refuse RZ0012 O0 width
//! ret REAL
//! dup REAL x[4] = 1.5 0.7 2.3 1.1 | fill(-1, 2)
#include "case.h"
typedef int64_t __attribute__((may_alias)) word;
struct node { REAL v; struct node *next; };
NOINLINE static void move(word *to, const word *from, size_t n) {
  for (size_t i = 0; i < n; i++) to[i] = from[i];
}
REAL f(REAL *x) {
  struct node a[4], b[4];
  for (int i = 0; i < 4; i++) {
    a[i].v = x[i];
    a[i].next = i < 3 ? &b[i + 1] : 0;
  }
  for (int i = 0; i < 4; i++) move((word *)&b[i], (const word *)&a[i], sizeof a[0] / sizeof(word));
  REAL sum = 0;
  int k = 1;
  for (struct node *p = b; p; p = p->next) sum += p->v * p->v * k++;
  return sum;
}
