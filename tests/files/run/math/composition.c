// A long chain of different functions.
//! ret REAL
//! out REAL x = 0.7 | 0.2
#include "case.h"
REAL f(REAL x) { return log1p(exp(sin(sqrt(x * x + 1.0)) * atan(x)) / cosh(tanh(x))); }
