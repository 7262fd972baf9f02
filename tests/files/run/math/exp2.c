// Powers of two.
//! ret REAL
//! out REAL x = 0.7 | -3
#include "case.h"
REAL f(REAL x) { return exp2(x) * x + exp2(x * 0.5); }
