// Magnitude from one operand, sign from the other.
//! ret REAL
//! out REAL x = 3 | -0.3 | -2
//! out REAL y = 2 | 1 | -1
#include "case.h"
REAL f(REAL x, REAL y) { return copysign(x, y) * x + copysign(2.0, x) * y; }
