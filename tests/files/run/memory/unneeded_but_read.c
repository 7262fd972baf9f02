// Memory whose contents nobody needs afterwards is scratch here: it is read again, through another name too.
//! ret REAL
//! dup REAL a[4] = fill
//! dupnoneed REAL w[4] = fill
//! dupnoneed REAL last[1] = 0.5
#include "case.h"
REAL f(const REAL *a, REAL *w, REAL *last) {
  REAL s = 0;
  for (int i = 0; i < 4; i++) {
    w[i] *= a[i];
    s += w[3 - i] * w[i];
  }
  *last = s * s;
  return s;
}
