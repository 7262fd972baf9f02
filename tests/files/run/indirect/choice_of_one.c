// Both arms of a choice are one function, which nobody calls by name: the choice folds, and the call is direct.
//! ret REAL
//! out REAL x = 0.7 | -1.25
//! const int n = 0
#include "case.h"
static NOINLINE REAL twice(REAL s, REAL t) { return t + t * s; }
static NOINLINE REAL waves(REAL s, REAL t) {
  for (int i = 1; i < 8; i += 3) {
    REAL (*of)(REAL, REAL) = i % 2 == 1 ? twice : twice;
    s += 0.125 * sin(of(s - i, t / (2.0 + cos((REAL)i))));
  }
  return s;
}
static REAL (*const all[3])(REAL, REAL) = {waves, waves, twice};
REAL f(REAL x, int n) { return all[0](x, x) + n; }
