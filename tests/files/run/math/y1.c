// Bessel functions of the second kind, order one.
//! ret REAL
//! out REAL x = 0.7 | 5
#include "case.h"
REAL f(REAL x) { return y1(x) * x + y1(x * 0.5); }
