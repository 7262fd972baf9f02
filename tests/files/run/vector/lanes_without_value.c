// Only one lane of a vector is used in the end, which optimizers see: factors of the others have no value by then. What
// is computed with them has no adjoint, and must leave that of the lanes beside them alone.
//! ret REAL
//! out REAL s = -0.85
//! dup REAL x[4] = 0.4 1.3 -0.7 0.9
//! const int n = 3 | 1
#include "case.h"
static NOINLINE REAL first(REAL4 v, REAL s) {
  REAL4 w = v * (REAL)(s * s);
  return w[1];
}
REAL f(REAL s, REAL *x, int n) {
  REAL t = 0.75;
  REAL4 carried = {x[0], s, x[2], x[3]};
  for (int k = 0; k < n; k++) {
    REAL4 q = {copysign(0.5, t), (REAL)0.75, s, x[k]};
    for (int i = 0; i < 1; i++) {
      q = VECTOR_MAX(q, q * (REAL)(0.75 + sin(s)));
      q[0] += 0.75;
    }
    t += 0.125 * sin(q[0]);
    carried = carried * (REAL)(t * t);
  }
  return t * x[1] + s + first(carried, s);
}
