// Tangent reuses its result.
//! ret REAL
//! out REAL x = 0.7 | -1.2
#include "case.h"
REAL f(REAL x) { return tan(x) * x + tan(x * 0.5); }
