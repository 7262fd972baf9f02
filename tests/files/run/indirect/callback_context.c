// A callback with a context: the usual way to pass a closure in C.
//! ret REAL
//! dup REAL a[4] = fill
//! const int n = 4
#include "case.h"
struct sum { REAL total, weight; };
static void add(void *context, REAL v) {
  struct sum *s = (struct sum *)context;
  s->total += s->weight * v * v;
  s->weight *= 1.5;
}
static void track(void *context, REAL v) {
  REAL *best = (REAL *)context;
  if (v > *best) *best = v;
}
static NOINLINE void each(const REAL *a, int n, void (*visit)(void *, REAL), void *context) {
  for (int i = 0; i < n; i++) visit(context, a[i]);
}
REAL f(const REAL *a, int n) {
  struct sum s;
  s.total = 0;
  s.weight = a[0];
  REAL best = a[1];
  each(a, n, add, &s);
  each(a, n, track, &best);
  return s.total * best;
}
