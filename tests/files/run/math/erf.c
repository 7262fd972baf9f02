// Error function.
//! ret REAL
//! out REAL x = 0.7 | -1.5
#include "case.h"
REAL f(REAL x) { return erf(x) * x + erf(x * 0.5); }
