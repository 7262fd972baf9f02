// Names choose what is computed.
//! ret REAL
//! out REAL x = 0.7
//! const int k = 0 | 1 | 2
#include "case.h"
static const char *const name[3] = {"sin", "square", "inverse"};
NOINLINE static REAL apply(const char *what, REAL x) {
  if (strcmp(what, "sin") == 0) return sin(x);
  if (!strcmp(what, "square")) return x * x;
  return 1.0 / x;
}
REAL f(REAL x, int k) { return apply(name[k], x) * apply(name[(k + 1) % 3], x * 0.5); }
