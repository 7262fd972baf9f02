// One pointer walks an array of numbers or one of records whose other members are links.
//! ret REAL
//! dup REAL a[8] = fill
//! dup REAL b[2] = fill
//! const int n = 0 | 1
#include "case.h"
struct node { REAL value; struct node *next; };
static REAL sum(const struct node *list) {
  REAL s = 0;
  for (; list; list = list->next) s += list->value;
  return s;
}
static REAL product(const REAL *a) {
  REAL s = 1;
  for (int i = 0; i < 8; i++) s *= a[i];
  return s;
}
REAL f(REAL *a, REAL *b, int n) {
  struct node list[4];
  for (int i = 0; i < 4; i++) list[i] = (struct node){b[0] * i, i < 3 ? &list[i + 1] : 0};
  for (int i = 0; i < 4; i++) {
    REAL *p = n ? &a[2 * i] : &list[i].value;
    *p *= b[1];
  }
  for (int i = 0; i < 4; i++) {
    WORD w;
    memcpy(&w, &b[i % 2], sizeof w);
    memcpy(&a[2 * i + 1], &w, sizeof w);
  }
  return sum(list) + product(a);
}
