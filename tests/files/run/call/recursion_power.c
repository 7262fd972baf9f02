// Recursion with the active value carried through.
//! ret REAL
//! out REAL x = 1.2 | -0.9
//! const int n = 6
#include "case.h"
NOINLINE static REAL power(REAL x, int n) { return n == 0 ? (REAL)1.0 : x * power(x, n - 1); }
REAL f(REAL x, int n) { return power(x, n) + x; }
