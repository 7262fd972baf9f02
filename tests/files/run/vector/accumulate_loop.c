// A vector accumulator over a loop.
//! ret REAL
//! dup REAL a[16] = fill
#include "case.h"
REAL f(const REAL *a) {
  REAL4 s = {0, 0, 0, 0};
  const REAL4 *p = (const REAL4 *)a;
  for (int i = 0; i < 4; i++) s = s * 0.5 + p[i] * p[i];
  return s[0] + s[1] * s[2] + s[3];
}
