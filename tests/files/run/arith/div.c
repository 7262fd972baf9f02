// A quotient needs its denominator and its own value.
//! ret REAL
//! out REAL x = 1.5 | -7
//! out REAL y = 0.25 | 3
#include "case.h"
REAL f(REAL x, REAL y) { return x / y; }
