// Bessel functions of order one.
//! ret REAL
//! out REAL x = 0.7 | 5
#include "case.h"
REAL f(REAL x) { return j1(x) * x + j1(x * 0.5); }
