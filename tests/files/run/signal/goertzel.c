// One frequency of a transform by a recurrence, for several frequencies that are arguments.
//! ret REAL
//! dup REAL x[12] = fill(-1, 1)
//! dup REAL freq[3] = 0.1 0.23 0.4
#include "case.h"
REAL f(const REAL *x, const REAL *freq) {
  REAL power = 0;
  for (int k = 0; k < 3; k++) {
    REAL c = 2 * cos(6.283185307179586 * freq[k]), s1 = 0, s2 = 0;
    for (int t = 0; t < 12; t++) {
      REAL s0 = x[t] + c * s1 - s2;
      s2 = s1;
      s1 = s0;
    }
    power += log(1e-3 + s1 * s1 + s2 * s2 - c * s1 * s2);
  }
  return power;
}
