// remainder rounds the quotient to nearest.
//! ret REAL
//! out REAL x = 17.3 | -5.25
//! out REAL y = 2.5 | 2
#include "case.h"
REAL f(REAL x, REAL y) { return remainder(x, y) * y + x; }
