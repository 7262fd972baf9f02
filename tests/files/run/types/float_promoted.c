// Single-precision operands in double arithmetic, narrowed at the end.
//! ret REALF
//! out REALF x = 0.75
//! out REAL y = 1.5
#include "case.h"
REALF f(REALF x, REAL y) { return (REALF)(x * y * y + sin((REAL)x)); }
