// Everything in single precision.
//! ret REALF
//! out REALF x = 0.75
//! out REALF y = 1.5
#include "case.h"
REALF f(REALF x, REALF y) { return x * y + sinf(x) / y - 3.0f; }
