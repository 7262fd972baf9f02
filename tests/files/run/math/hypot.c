// The Euclidean norm of two numbers.
//! ret REAL
//! out REAL x = 3 | -0.3
//! out REAL y = 4 | 1e-3
#include "case.h"
REAL f(REAL x, REAL y) { return hypot(x, y) * x + hypot(y, 1.0); }
