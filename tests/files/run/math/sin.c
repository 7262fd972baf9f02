// Sine needs its operand.
//! ret REAL
//! out REAL x = 0.7 | -2.5
#include "case.h"
REAL f(REAL x) { return sin(x) * x + sin(x * 0.5); }
