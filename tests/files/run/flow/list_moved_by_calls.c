// A function returns a word of a node, another one keeps it: an address or a number.
//! refuse RZ0012 O0 O0-split
//! ret REAL
//! dup REAL x[4] = 1.5 0.7 2.3 1.1 | fill(-1, 2)
#include "case.h"
typedef int64_t __attribute__((may_alias)) word;
struct node { struct node *next; REAL v; };
NOINLINE static int64_t get(const word *from, size_t i) { return from[i]; }
NOINLINE static void put(word *to, size_t i, int64_t w) { to[i] = w; }
REAL f(REAL *x) {
  struct node a[4], b[4];
  for (int i = 0; i < 4; i++) {
    a[i].v = x[i];
    a[i].next = i < 3 ? &b[i + 1] : 0;
  }
  for (int i = 0; i < 4; i++)
    for (size_t j = 0; j < sizeof a[0] / sizeof(word); j++)
      put((word *)&b[i], j, get((const word *)&a[i], j));
  REAL sum = 0;
  int k = 1;
  for (struct node *p = b; p; p = p->next) sum += p->v * p->v * k++;
  return sum;
}
