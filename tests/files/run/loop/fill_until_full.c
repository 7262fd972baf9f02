// A buffer is flushed whenever it is full; what is left at the end is flushed by itself.
//! second refuse RZ0012 rf rr
//! ret REAL
//! dup REAL a[11] = fill
#include "case.h"
struct buffer { REAL data[4], total; int n, flushes; };
static void flush(struct buffer *b) {
  REAL p = 1;
  for (int i = 0; i < b->n; i++) p *= b->data[i];
  b->total += p / ++b->flushes;
  b->n = 0;
}
REAL f(const REAL *a) {
  struct buffer b;
  b.n = b.flushes = 0;
  b.total = 0;
  for (int i = 0; i < 11; i++) {
    b.data[b.n++] = a[i];
    if (b.n == 4) flush(&b);
  }
  if (b.n) flush(&b);
  return b.total * b.total;
}
