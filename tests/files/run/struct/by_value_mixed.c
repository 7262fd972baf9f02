// A float and an int share one register; a double has its own.
//! ret REAL
//! out REAL x = 0.7
//! out REALF y = 1.25
#include "case.h"
struct m { REALF y; int n; REAL x; };
NOINLINE static struct m next(struct m s) {
  s.x = s.x * s.y + s.n;
  s.n = s.n + 1;
  s.y = s.y * 0.5f;
  return s;
}
REAL f(REAL x, REALF y) {
  struct m s = {y, 1, x};
  s = next(next(next(s)));
  return s.x * s.n + s.y;
}
