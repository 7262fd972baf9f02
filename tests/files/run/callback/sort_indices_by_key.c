// Indices are sorted by qsort_r's classic stand-in: records that carry their key along.
//! ret REAL
//! dup REAL key[7] = fill(-1, 1)
//! dup REAL value[7] = fill
#include "case.h"
struct item { REAL key; int index; };
static int by_key(const void *a, const void *b) {
  const struct item *x = (const struct item *)a, *y = (const struct item *)b;
  return x->key < y->key ? -1 : x->key > y->key;
}
REAL f(const REAL *key, const REAL *value) {
  struct item items[7];
  REAL s = 0, run = 0;
  for (int i = 0; i < 7; i++) items[i].key = key[i] * value[i], items[i].index = i;
  qsort(items, 7, sizeof *items, by_key);
  for (int i = 0; i < 7; i++) {
    run += value[items[i].index];
    s += run * items[i].key;
  }
  return s;
}
