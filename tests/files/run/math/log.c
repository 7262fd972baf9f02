// Logarithm.
//! ret REAL
//! out REAL x = 0.7 | 40
#include "case.h"
REAL f(REAL x) { return log(x) * x + log(x * 0.5); }
