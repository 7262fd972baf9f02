// A function returns a pointer into an array or to a node; words are moved in the array where the node has its link.
//! ret REAL
//! out REAL x = 1.5
//! dup REAL a[4] = fill
//! dup REAL b[2] = fill
//! const int n = 0 | 1
#include "case.h"
struct node { REAL value; struct node *next; REAL weight; };
static REAL sum(const struct node *list) {
  REAL s = 0;
  for (; list; list = list->next) s += list->value * list->weight;
  return s;
}
static REAL product(const REAL *a) {
  REAL s = 1;
  for (int i = 0; i < 4; i++) s *= a[i];
  return s;
}
NOINLINE static REAL *pick(REAL *p, REAL *q, int n) { return n ? p : q; }
REAL f(REAL x, REAL *a, REAL *b, int n) {
  struct node last = {x * x, 0, x}, first = {x, &last, 2.0};
  REAL *p = pick(&a[1], &first.value, n);
  *p *= x;
  WORD w;
  memcpy(&w, &b[1], sizeof w);
  memcpy(&a[2], &w, sizeof w);
  return sum(&first) + a[0] * a[1] + product(a);
}
