// Records with a key, a weight and a number are sorted by their keys.
//! ret REAL
//! dup REAL a[6] = 3 1 2 5 4 0.5
//! const int n = 3
#include "case.h"
struct item { REAL key, weight; int id; };
static int by_key(const void *p, const void *q) {
  const struct item *a = (const struct item *)p, *b = (const struct item *)q;
  return (a->key > b->key) - (a->key < b->key);
}
REAL f(const REAL *a, int n) {
  struct item *t = (struct item *)malloc(n * sizeof(struct item));
  for (int i = 0; i < n; i++) {
    t[i].key = a[2 * i];
    t[i].weight = a[2 * i + 1] * a[0];
    t[i].id = i;
  }
  qsort((void *)t, n, sizeof(struct item), by_key);
  REAL s = 0;
  for (int i = 0; i < n; i++) s += t[i].weight * t[i].key * (i + 1 + t[i].id);
  free(t);
  return s;
}
