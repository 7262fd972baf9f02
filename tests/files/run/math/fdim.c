// The positive difference.
//! ret REAL
//! out REAL x = 3 | -0.3
//! out REAL y = 2 | 1
#include "case.h"
REAL f(REAL x, REAL y) { return fdim(x, y) * x + fdim(y, x) * y; }
