// Three operands, one addition without rounding.
//! ret REAL
//! out REAL x = 3 | -0.3
//! out REAL y = 2 | 1
//! out REAL z = 0.5
#include "case.h"
REAL f(REAL x, REAL y, REAL z) { return fma(x, y, z) * z + fma(z, z, x); }
