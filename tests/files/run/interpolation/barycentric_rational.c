// A rational interpolant through all nodes, with a hit on a node handled apart.
//! ret REAL
//! dup REAL y[6] = fill(-1, 1)
//! out REAL at = 0.37 | 2.6
#include "case.h"
REAL f(const REAL *y, REAL at) {
  REAL top = 0, bottom = 0;
  for (int i = 0; i < 6; i++) {
    REAL d = at - i;
    if (fabs(d) < 1e-9) return y[i] * y[i] + d * (y[5] - y[0]);
    REAL w = (i % 2 ? -1.0 : 1.0) * (i == 0 || i == 5 ? 0.5 : 1) / d;
    top += w * y[i], bottom += w;
  }
  return top / bottom * y[0];
}
