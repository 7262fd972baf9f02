// A list of chunks of doubling size that is appended to and then joined into one array.
//! ret REAL
//! dup REAL a[9] = fill
#include "case.h"
struct chunk { struct chunk *next; int used, size; REAL data[]; };
static struct chunk *grow(struct chunk *last, int size) {
  struct chunk *c = (struct chunk *)malloc(sizeof *c + size * sizeof(REAL));
  c->next = NULL, c->used = 0, c->size = size;
  if (last) last->next = c;
  return c;
}
REAL f(const REAL *a) {
  struct chunk *first = grow(NULL, 1), *last = first;
  int n = 0;
  for (int i = 0; i < 9; i++) {
    if (last->used == last->size) last = grow(last, 2 * last->size);
    last->data[last->used++] = a[i] * a[8 - i];
    n++;
  }
  REAL *all = (REAL *)malloc(n * sizeof(REAL)), s = 0, *to = all;
  while (first) {
    struct chunk *next = first->next;
    memcpy(to, first->data, first->used * sizeof(REAL));
    to += first->used;
    free(first);
    first = next;
  }
  for (int i = 0; i < n; i++) s += all[i] * all[(i * 2) % n];
  free(all);
  return s;
}
