// frem: the quotient that was subtracted belongs to the divisor's derivative.
//! ret REAL
//! out REAL x = 7.3 | -22.75
//! out REAL y = 2.1 | 3.5
#include "case.h"
REAL f(REAL x, REAL y) { return fmod(x, y) * x; }
