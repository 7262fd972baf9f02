// An argument that does not matter has a zero derivative.
//! ret REAL
//! out REAL x = 0.7
//! out REAL y = 2
#include "case.h"
REAL f(REAL x, REAL y) { (void)y; return x * 3.0; }
