// The host finds out what the pointer holds, and in a copy of that function `x` is 1 where it was compared with 1.
//! second off
//! ret REAL
//! out REAL x = 1 | 0 | 0.7
#include "case.h"
static REAL cube(REAL x) { return x == 1 ? x * x * x * 7 : 7 + 21 * (x - 1); }
static REAL line(REAL x) { return x != 0 ? 5 * x : x * (5 + x); }
struct method { REAL (*of)(REAL); };
static REAL apply(const struct method *m, REAL x) { return m->of(x); }
static REAL call(REAL (*g)(REAL), REAL x) { return g(x); }
REAL f(REAL x) {
  struct method m = {cube};
  REAL s = call(cube, x) + 2 * call(line, x) + 3 * apply(&m, x);
  m.of = line;
  return s + 4 * apply(&m, x) * x;
}
