// A select of two cheap values.
//! ret REAL
//! out REAL x = 0.7 | 2.7
//! out REAL y = 1.5
#include "case.h"
REAL f(REAL x, REAL y) { return (x < y ? x * y : x - y) * 3.0; }
