// Negation flips the seed.
//! ret REAL
//! out REAL x = 1.5
#include "case.h"
REAL f(REAL x) { return -(x * 3.0) - -x; }
