// Hyperbolic cosine.
//! ret REAL
//! out REAL x = 0.7 | -2
#include "case.h"
REAL f(REAL x) { return cosh(x) * x + cosh(x * 0.5); }
