// The magnitude of zero has slope zero, as the distance of a point to itself should.
//! ret REAL
//! fd off
//! out REAL x = 0
//! out REAL y = 0
//! interpreted off it has no complex functions
#include "case_complex.h"
REAL f(REAL x, REAL y) { return cabs(MAKE(x, y)) + x * 3.0; }
