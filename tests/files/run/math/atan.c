// Arctangent far from zero.
//! ret REAL
//! out REAL x = 0.7 | -30
#include "case.h"
REAL f(REAL x) { return atan(x) * x + atan(x * 0.5); }
