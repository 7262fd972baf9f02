// Words pass through functions that know nothing about them, beside words that are integers.
//! ret REAL
//! out REAL x = 1.25 | 0.75
//! dup REAL a[4] = 0.5 1.25 2.5 0.75 | fill(-1, 2)
//! const int n = 3 | 2
#include "case.h"
NOINLINE static void put(WORD *slot, WORD w) { *slot = w; }
NOINLINE static WORD pick(WORD a, WORD b, int c) { return c ? a : b; }
NOINLINE static WORD at(const WORD *p, int64_t i) { return p[i]; }
NOINLINE static int64_t index_at(const int64_t *p, int64_t i) { return p[i]; }
static WORD word(REAL v) {
  WORD w;
  memcpy((void *)&w, &v, sizeof w);
  return w;
}
static REAL number(WORD w) {
  REAL v;
  memcpy((void *)&v, &w, sizeof v);
  return v;
}
REAL f(REAL x, REAL *a, int n) {
  int64_t order[4] = {3, 1, 0, 2};
  WORD w[4];
  REAL r = 0;
  for (int i = 0; i < 4; i++) put(&w[i], word(x * a[i]));
  for (int i = 0; i < 4; i++) r += number(at(w, index_at(order, i))) * (i + 1);
  return r * number(pick(w[1], w[2], n > 2));
}
