// log(1+x) near zero.
//! ret REAL
//! out REAL x = 0.001 | 7
#include "case.h"
REAL f(REAL x) { return log1p(x) * x + log1p(x * 0.5); }
