// A call that is not inlined.
//! ret REAL
//! out REAL x = 0.7
#include "case.h"
NOINLINE static REAL g(REAL t) { return t * t * t; }
REAL f(REAL x) { return g(x) * g(2.0 * x); }
