// One pointer is to one of two members; between them lies a word that is moved.
//! ret REAL
//! out REAL x = 1.5
//! dup REAL a[4] = fill
//! const int n = 0 | 1
#include "case.h"
struct node { REAL value; struct node *next; REAL weight; struct node *other; };
REAL f(REAL x, REAL *a, int n) {
  struct node last = {x * x, 0, x, 0}, first = {x, 0, 2.0, 0}, spare = {a[0], &last, a[1], &last};
  REAL *p = n ? &first.value : &first.weight;
  *p *= a[2];
  memcpy(&first.next, &spare.next, sizeof first.next);
  memcpy(&first.other, &spare.other, sizeof first.other);
  return first.value * first.weight * first.next->value * first.other->weight + spare.value * a[3];
}
