// Binary logarithm.
//! ret REAL
//! out REAL x = 0.7 | 40
#include "case.h"
REAL f(REAL x) { return log2(x) * x + log2(x * 0.5); }
