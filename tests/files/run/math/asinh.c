// Inverse hyperbolic sine.
//! ret REAL
//! out REAL x = 0.7 | -3
#include "case.h"
REAL f(REAL x) { return asinh(x) * x + asinh(x * 0.5); }
