// Newton's method until it has converged, with room for two states.
//! ret REAL
//! out REAL a = 7.5 | 1e4 | 0.2
//! options tape-budget=128
#include "case.h"
REAL f(REAL a) {
  REAL x = a > 1 ? a : 1 + 0 * a, change;
  do {
    REAL next = 0.5 * (x + a / x);
    change = (next - x) * (next - x);
    x = next;
  } while (change > 1e-24 * x * x);
  return x;
}
