// Two functions that call each other.
//! ret REAL
//! out REAL x = 0.9
//! const int n = 7 | 4
#include "case.h"
static REAL odd(REAL x, int n);
NOINLINE static REAL even(REAL x, int n) { return n == 0 ? x : sin(x) * odd(x + 0.1, n - 1); }
NOINLINE static REAL odd(REAL x, int n) { return n == 0 ? x * x : even(x * 1.1, n - 1) + x; }
REAL f(REAL x, int n) { return even(x, n); }
