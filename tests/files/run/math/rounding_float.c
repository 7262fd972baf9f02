// Single-precision rounding, as intrinsics.
//! ret REALF
//! out REALF x = 2.3 | -7.7
#include "case.h"
REALF f(REALF x) { return x * floorf(x) + ceilf(x) * x + truncf(x) * x + roundf(x); }
