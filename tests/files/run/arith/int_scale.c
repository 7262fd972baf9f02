// Integers convert to floats and carry nothing.
//! ret REAL
//! out REAL x = 0.7
//! const int n = 5
//! const unsigned m = 3000000000
#include "case.h"
REAL f(REAL x, int n, unsigned m) { return x * n + x * x / m + (n >> 1) * x; }
