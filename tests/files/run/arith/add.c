// Sums pass the seed on to both operands.
//! ret REAL
//! out REAL x = 1.5
//! out REAL y = 0.25
#include "case.h"
REAL f(REAL x, REAL y) { return x + y + 0.5; }
