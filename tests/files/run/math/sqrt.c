// The square root keeps its result.
//! ret REAL
//! out REAL x = 0.7 | 90
#include "case.h"
REAL f(REAL x) { return sqrt(x) * x + sqrt(x * 0.5); }
