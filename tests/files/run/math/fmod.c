// fmod with a quotient of several units, both signs.
//! ret REAL
//! out REAL x = 17.3 | -5.25
//! out REAL y = 2.5 | 2
#include "case.h"
REAL f(REAL x, REAL y) { return fmod(x, y) * y; }
