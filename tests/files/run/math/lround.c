// Integer results carry nothing.
//! ret REAL
//! out REAL x = 2.3 | -7.7
#include "case.h"
REAL f(REAL x) { return x * (double)lround(x) + x * x * (double)llround(x * 3.0) + (double)lrint(x); }
