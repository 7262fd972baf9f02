// One callee reached along two ways.
//! ret REAL
//! out REAL x = 0.7
#include "case.h"
NOINLINE static REAL base(REAL t) { return sin(t) + t * t; }
NOINLINE static REAL left(REAL t) { return base(t) * 2.0; }
NOINLINE static REAL right(REAL t) { return base(t * t) - t; }
REAL f(REAL x) { return left(x) * right(x) + base(x); }
