// Bessel functions of order zero.
//! ret REAL
//! out REAL x = 0.7 | 5
#include "case.h"
REAL f(REAL x) { return j0(x) * x + j0(x * 0.5); }
