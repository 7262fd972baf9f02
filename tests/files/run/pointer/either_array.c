// One pointer points to one of two records that are copied whole through it.
//! ret REAL
//! dup REAL a[4] = fill
//! const int n = 0 | 1
#include "case.h"
struct record { REAL value; REAL *link; REAL weight[4]; };
NOINLINE static REAL total(const struct record *r) {
  REAL s = r->value * *r->link;
  for (int i = 0; i < 4; i++) s += r->weight[i] * r->weight[i];
  return s;
}
REAL f(REAL *a, int n) {
  struct record left = {a[0], &a[1], {a[0], a[1], a[2], a[3]}};
  struct record right = {a[1] * a[2], &a[3], {a[3], a[1], 1, a[0]}};
  const struct record *p = n ? &left : &right;
  struct record copy;
  memcpy(&copy, p, sizeof copy);
  return total(&copy) * total(p);
}
