// Inverse hyperbolic cosine.
//! ret REAL
//! out REAL x = 1.3 | 9
#include "case.h"
REAL f(REAL x) { return acosh(x) * x + acosh(x * 0.5 + 0.5); }
