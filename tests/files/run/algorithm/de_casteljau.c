// A Bezier curve by repeated averaging in place.
//! ret REAL
//! out REAL t = 0.3
//! dup REAL p[5] = fill
#include "case.h"
REAL f(REAL t, REAL *p) {
  for (int k = 4; k > 0; k--)
    for (int i = 0; i < k; i++) p[i] = (1 - t) * p[i] + t * p[i + 1];
  return p[0];
}
