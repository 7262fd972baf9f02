// Selects inside selects.
//! ret REAL
//! out REAL x = -0.7 | 0.2 | 0.7 | 5
#include "case.h"
REAL f(REAL x) { return x < 0 ? -x : x < 0.5 ? x * x : x < 1 ? x * x * x : 1 / x; }
