// Sign flips by xor on the integer bits.
//! ret REAL
//! out REAL x = 0.7 | -2
#include "case.h"
REAL f(REAL x) { return FLIP_SIGN(x) * x + FLIP_SIGN(x * 2.0); }
