// The operand that wins takes the derivative.
//! ret REAL
//! out REAL x = 3 | -0.3
//! out REAL y = 2 | 1
#include "case.h"
REAL f(REAL x, REAL y) { return fmin(x, y) * x + fmax(x * y, y - x) + fmax(x, 0.0); }
