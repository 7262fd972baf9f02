// No markers: floats are active and integers constant by default.
//! ret REAL
//! style bare
//! out REAL x = 0.7
//! const int n = 2
//! out REAL y = 1.7
#include "case.h"
REAL f(REAL x, int n, REAL y) { return x * y * n + y; }
