// The same function called with active and with inactive arguments.
//! ret REAL
//! out REAL x = 0.7
//! const REAL k = 2.5
#include "case.h"
NOINLINE static REAL g(REAL a, REAL b) { return a * a * b + sin(b); }
REAL f(REAL x, REAL k) { return g(x, k) + g(k, x) * g(k, k) + g(x, x); }
