// A function pointer whose target is known after inlining.
//! ret REAL
//! out REAL x = 0.7
#include "case.h"
static REAL twice(REAL (*g)(REAL), REAL t) { return g(g(t)); }
static REAL cube(REAL t) { return t * t * t; }
REAL f(REAL x) { return twice(cube, x) + twice(cube, x * 0.5); }
