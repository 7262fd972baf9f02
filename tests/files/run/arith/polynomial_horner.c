// A chain of multiply and add with constants.
//! ret REAL
//! out REAL x = 0.7 | -1.3
#include "case.h"
REAL f(REAL x) { return (((2.0 * x - 3.0) * x + 0.5) * x - 1.0) * x + 4.0; }
