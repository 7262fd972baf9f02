// The primal comes back and the derivative goes to the shadow.
//! ret REAL
//! style primal
//! dup REAL a[3] = 1 2 3
#include "case.h"
REAL f(const REAL *a) { return a[0] * a[1] * a[2]; }
