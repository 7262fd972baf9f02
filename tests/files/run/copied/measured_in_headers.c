// An arena measured in headers: blocks are moved with what is behind their headers, by so many headers.
//! refuse RZ0012 O0
//! ret REAL
//! dup REAL x[4] = fill
#include "case.h"
struct header { struct header *next; long units; };
static NOINLINE struct header *copy(const struct header *from) {
  struct header *to = (struct header *)malloc((from->units + 1) * sizeof *to);
  memcpy((void *)to, from, (from->units + 1) * sizeof *to);
  return to;
}
REAL f(const REAL *x) {
  struct header *list = NULL;
  for (int i = 0; i < 2; i++) {
    long units = 1 + (2 * sizeof(REAL) - 1) / sizeof(struct header);
    struct header *h = (struct header *)malloc((units + 1) * sizeof *h);
    REAL *d = (REAL *)(h + 1);
    h->next = list, h->units = units;
    d[0] = x[2 * i] * x[2 * i], d[1] = x[2 * i + 1];
    list = copy(h);
    free(h);
  }
  REAL s = 0;
  while (list) {
    struct header *next = list->next;
    const REAL *d = (const REAL *)(list + 1);
    s = 2 * s + d[0] * d[1];
    free(list);
    list = next;
  }
  return s;
}
