// The adjoint of each factor is the other one.
//! ret REAL
//! out REAL x = 1.5 | -2
//! out REAL y = 0.25 | 3
#include "case.h"
REAL f(REAL x, REAL y) { return x * y; }
