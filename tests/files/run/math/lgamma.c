// Its derivative is digamma.
//! ret REAL
//! out REAL x = 0.7 | 5.5
#include "case.h"
REAL f(REAL x) { return lgamma(x) * x + lgamma(x * 0.5); }
