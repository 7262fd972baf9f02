// An inactive scalar takes no derivative and stays available.
//! ret REAL
//! out REAL x = 0.7
//! const REAL k = 3.5
#include "case.h"
REAL f(REAL x, REAL k) { return k * x * x + k / x; }
