// Gamma times digamma.
//! ret REAL
//! out REAL x = 0.7 | 3.5
#include "case.h"
REAL f(REAL x) { return tgamma(x) * x + tgamma(x * 0.5); }
