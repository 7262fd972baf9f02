// A constant exponent and a negative base.
//! ret REAL
//! out REAL x = 1.7 | -2
#include "case.h"
REAL f(REAL x) { return pow(x, 3.0) + pow(x, -2.0) + pow(fabs(x), 0.5); }
