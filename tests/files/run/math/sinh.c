// Hyperbolic sine.
//! ret REAL
//! out REAL x = 0.7 | -2
#include "case.h"
REAL f(REAL x) { return sinh(x) * x + sinh(x * 0.5); }
