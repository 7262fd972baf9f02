// Hyperbolic tangent.
//! ret REAL
//! out REAL x = 0.7 | -3
#include "case.h"
REAL f(REAL x) { return tanh(x) * x + tanh(x * 0.5); }
