// Two functions that call each other through a table of pointers.
//! ret REAL
//! out REAL x = 0.7 | -1.25
//! const int n = 6
#include "case.h"
static REAL even(REAL t, int n);
static REAL odd(REAL t, int n);
static REAL (*const step[2])(REAL, int) = {even, odd};
static REAL even(REAL t, int n) { return n == 0 ? t : step[n % 2](t * 0.9, n - 1); }
static REAL odd(REAL t, int n) { return n == 0 ? t * t : step[n % 2](t * t + 0.1, n - 1); }
REAL f(REAL x, int n) { return even(x, n) + odd(x, n + 1); }
