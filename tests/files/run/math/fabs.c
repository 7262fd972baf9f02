// Absolute value away from zero.
//! ret REAL
//! out REAL x = 0.7 | -9
#include "case.h"
REAL f(REAL x) { return fabs(x) * x + fabs(x * 0.5); }
