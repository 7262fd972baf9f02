// The same table is filled by the caller: what the callee reads through it at any index is not alike.
//! ret REAL
//! out REAL x = 1.5
//! dup REAL a[4] = fill
//! dup REAL b[2] = fill
//! const int n = 0 | 1
#include "case.h"
struct node { REAL value; struct node *next; REAL weight; };
NOINLINE static REAL scaled(REAL **table, REAL x, const REAL *b, int n) {
  *table[n] *= x;
  WORD w;
  memcpy(&w, &b[1], sizeof w);
  memcpy(&table[0][1], &w, sizeof w);
  const struct node *first = (const struct node *)table[1];
  return first->next->value * first->weight;
}
static REAL product(const REAL *a) {
  REAL s = 1;
  for (int i = 0; i < 4; i++) s *= a[i];
  return s;
}
REAL f(REAL x, REAL *a, REAL *b, int n) {
  struct node last = {x * x, 0, x}, first = {x, &last, 2.0};
  REAL *table[2] = {&a[1], &first.value};
  REAL s = scaled(table, x, b, n);
  return s * first.value + a[0] * a[1] + product(a);
}
