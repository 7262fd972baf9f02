// Bessel functions of the second kind, order zero.
//! ret REAL
//! out REAL x = 0.7 | 5
#include "case.h"
REAL f(REAL x) { return y0(x) * x + y0(x * 0.5); }
