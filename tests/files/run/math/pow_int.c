// An integer exponent that clang may turn into powi.
//! ret REAL
//! out REAL x = 1.7 | -2
//! const int n = 4 | -3
#include "case.h"
REAL f(REAL x, int n) { return pow(x, (double)n) + x; }
