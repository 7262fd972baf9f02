// Structs with pointers to active or constant data are built here and passed on.
//! ret REAL
//! dup REAL a[4] = fill
//! const REAL b[4] = 1.5 2.5 -0.5 0.25
//! const int k = 0 | 1
#include "case.h"
struct span {
  const REAL *data;
  int n;
  REAL weight;
};
NOINLINE static REAL dot(const struct span *s, const struct span *t) {
  REAL sum = 0.0;
  for (int i = 0; i < s->n && i < t->n; i++) sum += s->data[i] * t->data[i];
  return sum * s->weight * t->weight;
}
NOINLINE static void swap(struct span *s, struct span *t) {
  struct span u = *s;
  *s = *t;
  *t = u;
}
REAL f(const REAL *a, const REAL *b, int k) {
  struct span s = {a, 4, a[0]};
  struct span t = {b, 3, a[1] * a[2]};
  if (k) swap(&s, &t);
  REAL r = dot(&s, &t) + dot(&s, &s);
  swap(&s, &t);
  return r * dot(&s, &s);
}
