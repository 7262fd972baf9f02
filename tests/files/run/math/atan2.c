// All four quadrants.
//! ret REAL
//! out REAL y = 0.7 | 0.7 | -0.7 | -0.7
//! out REAL x = 0.3 | -0.3 | 0.3 | -0.3
#include "case.h"
REAL f(REAL y, REAL x) { return atan2(y, x) * x; }
