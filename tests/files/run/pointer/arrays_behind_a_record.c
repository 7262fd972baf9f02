// A function moves numbers between arrays that it reaches through one argument: a record of pointers, and a
// pointer to such a record.
//! ret REAL
//! dup REAL x[4] = 1.3 0.3 -0.6 2
//! const int n = 4
#include "case.h"
struct arrays { REAL *from, *to; };
struct node { REAL v; REAL *to; };
NOINLINE static void square(struct arrays *s, int n) {
  for (int i = 0; i < n; i++) s->to[i] = s->from[i] * s->from[i];
}
NOINLINE static void shift(struct arrays **s, int n) {
  for (int i = 1; i < n; i++) (*s)->from[i] += 0.5 * (*s)->to[i - 1];
}
NOINLINE static void add(struct node **last) {
  struct node *n = *last;
  *n->to += n->v * n->v;
}
REAL f(const REAL *x, int n) {
  REAL a[4], b[4], sum = 0;
  for (int i = 0; i < n; i++) a[i] = x[i], b[i] = 0;
  struct arrays both = {a, b}, *p = &both;
  square(&both, n);
  shift(&p, n);
  REAL last[1] = {1};
  struct node node = {a[n - 1], last}, *q = &node;
  add(&q);
  for (int i = 0; i < n; i++) sum += b[i] * (i + 1);
  return sum * last[0];
}
