// A bump allocator over one buffer, with marks to go back to: scratch memory in the way of compilers and games.
//! ret REAL
//! dup REAL a[5] = fill
//! const int n = 5
#include "case.h"
struct bump { REAL *base; size_t used, size; };
static REAL *reserve(struct bump *b, size_t count) {
  assert(b->used + count <= b->size);
  REAL *p = b->base + b->used;
  b->used += count;
  return p;
}
static REAL product(struct bump *b, const REAL *a, int n) {
  size_t mark = b->used;
  REAL *t = reserve(b, n), r;
  if (n == 1) r = a[0];
  else {
    for (int i = 0; i + 1 < n; i++) t[i] = a[i] * a[i + 1];
    r = product(b, t, n - 1) + t[0];
  }
  b->used = mark;
  return r;
}
REAL f(const REAL *a, int n) {
  struct bump b = {(REAL *)malloc(64 * sizeof(REAL)), 0, 64};
  REAL *kept = reserve(&b, n);
  for (int i = 0; i < n; i++) kept[i] = sqrt(a[i]);
  REAL r = product(&b, kept, n) * kept[n - 1];
  free(b.base);
  return r;
}
