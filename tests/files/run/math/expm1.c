// exp(x)-1 near zero.
//! ret REAL
//! out REAL x = 0.001 | -3
#include "case.h"
REAL f(REAL x) { return expm1(x) * x + expm1(x * 0.5); }
