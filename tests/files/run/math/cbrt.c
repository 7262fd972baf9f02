// The cube root of a negative number too.
//! ret REAL
//! out REAL x = 0.7 | -9
#include "case.h"
REAL f(REAL x) { return cbrt(x) * x + cbrt(x * 0.5); }
