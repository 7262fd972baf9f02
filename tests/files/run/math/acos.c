// Arccosine is the negative of arcsine.
//! ret REAL
//! out REAL x = 0.3 | -0.9
#include "case.h"
REAL f(REAL x) { return acos(x) * x + acos(x * 0.5); }
