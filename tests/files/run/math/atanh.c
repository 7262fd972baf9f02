// Inverse hyperbolic tangent.
//! ret REAL
//! out REAL x = 0.3 | -0.9
#include "case.h"
REAL f(REAL x) { return atanh(x) * x + atanh(x * 0.5); }
