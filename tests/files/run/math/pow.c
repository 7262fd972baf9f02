// Both the base and the exponent are active.
//! ret REAL
//! out REAL x = 1.7 | 0.3
//! out REAL y = 2.5 | -1.5
#include "case.h"
REAL f(REAL x, REAL y) { return pow(x, y) * x; }
