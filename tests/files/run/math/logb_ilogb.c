// The exponent as a number: derivative zero.
//! ret REAL
//! out REAL x = 2.3 | -77.7
#include "case.h"
REAL f(REAL x) { return logb(x) * x + ilogb(x) * x * x; }
