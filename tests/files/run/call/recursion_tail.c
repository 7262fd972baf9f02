// A tail call that may become a loop.
//! ret REAL
//! out REAL x = 0.9
//! const int n = 7
#include "case.h"
static REAL go(REAL x, REAL acc, int n) {
  if (n == 0) return acc;
  return go(x, acc * x + sin(acc), n - 1);
}
REAL f(REAL x, int n) { return go(x, x, n); }
