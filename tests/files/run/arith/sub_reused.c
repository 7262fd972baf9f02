// One value used three times collects three contributions.
//! ret REAL
//! out REAL x = 1.25 | -3
#include "case.h"
REAL f(REAL x) { return x * x - x; }
