// Recursion to a depth that the integrand decides.
//! ret REAL
//! out REAL a = 0.7
#include "case.h"
NOINLINE static REAL g(REAL x, REAL a) { return sin(a * x * x) + a; }
NOINLINE static REAL integrate(REAL lo, REAL hi, REAL a, int depth) {
  REAL mid = 0.5 * (lo + hi);
  REAL one = (hi - lo) * g(mid, a);
  REAL two = 0.5 * (hi - lo) * (g(0.5 * (lo + mid), a) + g(0.5 * (mid + hi), a));
  if (depth == 0 || fabs(one - two) < 1e-3) return two;
  return integrate(lo, mid, a, depth - 1) + integrate(mid, hi, a, depth - 1);
}
REAL f(REAL a) { return integrate(0.0, 2.0, a, 6); }
