// Numbers behind a header with a pointer, as long as headers: what `h + 1` points to is no header.
//! ret REAL
//! dup REAL x[4] = fill
#include "case.h"
struct header { struct header *next; long size; };
static NOINLINE struct header *make(const REAL *x, long n, struct header *next) {
  struct header *h = (struct header *)malloc(sizeof *h + n * sizeof *x);
  h->next = next, h->size = n;
  memcpy((void *)(h + 1), x, 2 * sizeof(REAL));
  return h;
}
static NOINLINE void move(struct header *to, const struct header *from) { memcpy((void *)(to + 1), from + 1, 2 * sizeof(REAL)); }
REAL f(const REAL *x) {
  struct header *a = make(x, 2, NULL), *b = make(x + 2, 2, a), *c = make(x + 1, 2, b);
  move(a, c);
  REAL s = 0;
  for (struct header *h = c; h; h = h->next) {
    const REAL *d = (const REAL *)(h + 1);
    s = s * d[0] + d[1] * h->size;
  }
  free(a), free(b), free(c);
  return s;
}
