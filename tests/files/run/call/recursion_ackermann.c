// Nested recursion: an argument is the result of the same function.
//! ret REAL
//! out REAL x = 0.3
#include "case.h"
NOINLINE static REAL nest(REAL x, int n) {
  if (n <= 0) return x + 0.25;
  return nest(nest(x * 0.5, n - 2) * x, n - 1);
}
REAL f(REAL x) { return nest(x, 4); }
