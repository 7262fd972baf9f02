// A position in a stream of numbers is saved, something is tried, and the position is restored.
//! ret REAL
//! dup REAL a[8] = fill(-1, 1)
#include "case.h"
struct stream { const REAL *at, *end; };
static int take(struct stream *s, REAL *x) {
  if (s->at == s->end) return 0;
  *x = *s->at++;
  return 1;
}
static NOINLINE int pair_of_signs(struct stream *s, REAL *value) {
  REAL x, y;
  if (!take(s, &x) || !take(s, &y) || (x > 0) == (y > 0)) return 0;
  *value = x * y;
  return 1;
}
REAL f(const REAL *a) {
  struct stream s = {a, a + 8};
  REAL sum = 0, v;
  for (;;) {
    struct stream saved = s;
    if (pair_of_signs(&s, &v)) {
      sum += v;
      continue;
    }
    s = saved;
    if (!take(&s, &v)) break;
    sum = sum * 0.5 + v * v;
  }
  return sum;
}
