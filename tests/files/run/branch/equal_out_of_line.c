// In the arm where x equals a constant, x is no constant: not for first, not for second derivatives.
//! ret REAL
//! out REAL x = 1 | 1.5
//! dup REAL a[2] = 0.5 1.25
#include "case.h"
static NOINLINE REAL cube(REAL x) { return x == 1 ? 3 * x * x - 3 * x + 1 : x * x * x; }
REAL f(REAL x, REAL *a) { return a[0] * cube(x) + cube(a[1] * x) * x; }
