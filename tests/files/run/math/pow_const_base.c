// A constant base makes an exponential.
//! ret REAL
//! out REAL x = 1.7 | -2
#include "case.h"
REAL f(REAL x) { return pow(3.0, x) * x; }
