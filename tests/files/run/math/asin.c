// Arcsine inside its domain.
//! ret REAL
//! out REAL x = 0.3 | -0.9
#include "case.h"
REAL f(REAL x) { return asin(x) * x + asin(x * 0.5); }
