// Records that begin with a letter, with padding behind it, are sorted by their number.
//! ret REAL
//! dup REAL x[6] = fill(-1, 1)
#include "case.h"
struct record { char letter; REAL key; int index; };
static int by_key(const void *a, const void *b) {
  const struct record *x = (const struct record *)a, *y = (const struct record *)b;
  return (x->key > y->key) - (x->key < y->key);
}
static void fill(struct record *r, const REAL *x, REAL by) {
  for (int i = 0; i < 6; i++) r[i].letter = (char)('a' + i), r[i].key = x[i] * by, r[i].index = i;
}
static REAL spell(const struct record *r, const REAL *x) {
  REAL s = 0;
  for (int i = 0; i < 6; i++) s += r[i].key * r[i].letter * (i + 1) + r[i].index * x[i];
  return s / 100;
}
REAL f(const REAL *x) {
  struct record local[6], *heap = (struct record *)malloc(6 * sizeof *heap);
  fill(local, x, x[0]), fill(heap, x, x[1]);
  qsort(local, 6, sizeof *local, by_key);
  qsort(heap, 6, sizeof *heap, by_key);
  REAL s = spell(local, x) + spell(heap, x) * heap[0].key;
  free(heap);
  return s;
}
