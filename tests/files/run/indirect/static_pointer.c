// The pointer lives in a variable that nobody changes.
//! ret REAL
//! out REAL x = 0.7 | -1.25
#include "case.h"
static REAL cube(REAL t) { return t * t * t; }
static REAL (*op)(REAL) = cube;
REAL f(REAL x) { return op(x) * x; }
