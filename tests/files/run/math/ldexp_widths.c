// Scaling in single and extended precision.
//! ret REALF
//! out REALF x = 2.3
//! out REALL y = 1.5
//! const int n = -3 | 5
#include "case.h"
REALF f(REALF x, REALL y, int n) { return ldexpf(x * x, n) + (REALF)ldexpl(y * y, 1); }
