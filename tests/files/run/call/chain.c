// Calls four deep.
//! ret REAL
//! out REAL x = 0.7
#include "case.h"
NOINLINE static REAL a(REAL t) { return sin(t) * t; }
NOINLINE static REAL b(REAL t) { return a(t) * a(t + 1); }
NOINLINE static REAL c(REAL t) { return b(t) / (1 + b(-t) * b(-t)); }
REAL f(REAL x) { return c(x) + c(c(x)); }
