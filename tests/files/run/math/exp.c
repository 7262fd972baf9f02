// The exponential is its own derivative.
//! ret REAL
//! out REAL x = 0.7 | -3
#include "case.h"
REAL f(REAL x) { return exp(x) * x + exp(x * 0.5); }
