// Nodes of a list are moved by copies of one word each: some words are addresses, some are numbers.
//! refuse RZ0012 O0 O0-split
//! ret REAL
//! dup REAL x[4] = 1.5 0.7 2.3 1.1 | fill(-1, 2)
#include "case.h"
struct node { struct node *next; REAL v; };
NOINLINE static void one(void *to, const void *from) { memcpy(to, from, 8); }
NOINLINE static void move(char *to, const char *from, size_t n) {
  for (size_t i = 0; i < n; i++) one(to + 8 * i, from + 8 * i);
}
REAL f(REAL *x) {
  struct node a[4], b[4];
  for (int i = 0; i < 4; i++) {
    a[i].v = x[i];
    a[i].next = i < 3 ? &b[i + 1] : 0;
  }
  for (int i = 0; i < 4; i++) move((char *)&b[i], (const char *)&a[i], sizeof a[0] / 8);
  REAL sum = 0;
  int k = 1;
  for (struct node *p = b; p; p = p->next) sum += p->v * p->v * k++;
  return sum;
}
