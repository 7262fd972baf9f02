// The request returns the primal beside the derivatives.
//! ret REAL
//! style primal
//! out REAL x = 0.7
//! out REAL y = 1.7
#include "case.h"
REAL f(REAL x, REAL y) { return x * x * y; }
