// Calls on the same operand that the optimizer may merge.
//! ret REAL
//! out REAL x = 0.7
#include "case.h"
REAL f(REAL x) { return sin(x) * sin(x) + cos(x) * cos(x) * x + exp(x) * exp(-x) * x + sqrt(x) * sqrt(x); }
