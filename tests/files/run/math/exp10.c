// Powers of ten.
//! ret REAL
//! out REAL x = 0.7 | -2
#include "case.h"
REAL f(REAL x) { return exp10(x) * x + exp10(x * 0.5); }
