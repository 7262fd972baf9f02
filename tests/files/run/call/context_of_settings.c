// Options travel by value through three levels, each of which changes a copy of its own.
//! ret REAL
//! dup REAL a[4] = fill
//! out REAL rate = 0.3
#include "case.h"
struct settings { REAL rate; int depth; REALF damping; bool verbose; };
static NOINLINE REAL inner(struct settings s, REAL x) { return s.verbose ? x : x * s.rate * s.damping + s.depth; }
static NOINLINE REAL middle(struct settings s, const REAL *a) {
  s.depth++;
  s.rate *= a[s.depth % 4];
  return inner(s, a[0]) + inner((s.rate += 0.1, s), a[1]);
}
static NOINLINE REAL outer(struct settings s, const REAL *a) {
  REAL r = 0;
  for (; s.depth < 3; s.depth++) {
    s.damping *= (REALF)0.5;
    r += middle(s, a + s.depth % 2);
  }
  return r * s.rate;
}
REAL f(const REAL *a, REAL rate) {
  struct settings s = {rate, 0, (REALF)0.8, false};
  return outer(s, a);
}
