// Decimal logarithm.
//! ret REAL
//! out REAL x = 0.7 | 40
#include "case.h"
REAL f(REAL x) { return log10(x) * x + log10(x * 0.5); }
