// Absolute value by masking the sign bit.
//! ret REAL
//! out REAL x = 0.7 | -2
#include "case.h"
REAL f(REAL x) { return CLEAR_SIGN(x) * x * x; }
