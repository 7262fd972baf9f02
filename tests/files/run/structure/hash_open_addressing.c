// Sums by key in a table with open addressing; the table grows once and is hashed again.
//! ret REAL
//! dup REAL v[10] = fill
//! const int key[10] = 17 3 17 42 8 3 99 17 42 5
#include "case.h"
struct table { int size, used; int *keys; REAL *sums; };
static int slot(const struct table *t, int key) {
  int i = (unsigned)key * 2654435761u % (unsigned)t->size;
  while (t->keys[i] != -1 && t->keys[i] != key) i = (i + 1) % t->size;
  return i;
}
static void make(struct table *t, int size) {
  t->size = size, t->used = 0;
  t->keys = (int *)malloc(size * sizeof(int));
  t->sums = (REAL *)malloc(size * sizeof(REAL));
  for (int i = 0; i < size; i++) t->keys[i] = -1, t->sums[i] = 0;
}
static void add(struct table *t, int key, REAL x) {
  int i = slot(t, key);
  if (t->keys[i] == -1) {
    if (2 * ++t->used > t->size) {
      struct table bigger;
      make(&bigger, 2 * t->size);
      for (int k = 0; k < t->size; k++)
        if (t->keys[k] != -1) {
          int j = slot(&bigger, t->keys[k]);
          bigger.keys[j] = t->keys[k], bigger.sums[j] = t->sums[k], bigger.used++;
        }
      free(t->keys), free(t->sums);
      *t = bigger;
      i = slot(t, key);
    }
    t->keys[i] = key;
  }
  t->sums[i] += x * x;
}
REAL f(const REAL *v, const int *key) {
  struct table t;
  make(&t, 4);
  for (int i = 0; i < 10; i++) add(&t, key[i], v[i]);
  REAL r = 1;
  for (int i = 0; i < t.size; i++)
    if (t.keys[i] != -1) r = r * 0.7 + t.sums[i];
  free(t.keys), free(t.sums);
  return r;
}
