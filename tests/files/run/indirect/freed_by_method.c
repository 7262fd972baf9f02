// Objects are released by their own methods; what they held is still needed afterwards.
//! ret REAL
//! dup REAL a[4] = fill
//! const int n = 4
//! sanitized
#include "case.h"
struct box { void (*drop)(struct box *); REAL (*get)(struct box *); REAL v; };
static void drop(struct box *b) { b->v = 0; free(b); }
static REAL get(struct box *b) { REAL r = b->v * b->v; b->v *= 2; return r; }
static NOINLINE struct box *make(REAL v) {
  struct box *b = (struct box *)malloc(sizeof(struct box));
  b->drop = drop;
  b->get = get;
  b->v = v;
  return b;
}
static NOINLINE REAL use(struct box *b) {
  REAL r = b->get(b) * b->get(b);
  b->drop(b);
  return r;
}
REAL f(const REAL *a, int n) {
  REAL s = 0;
  for (int i = 0; i < n; i++) s += use(make(a[i]));
  return s;
}
