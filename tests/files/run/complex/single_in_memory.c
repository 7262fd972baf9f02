// Single-precision numbers loaded from arrays and stored there.
//! ret REALF
//! fd 0.05 0.01
//! dup REALF a[6] = fill
//! dup REALF b[6] = fill
//! interpreted off it has no complex functions
#include "case_complex.h"
REALF f(const REALF *a, REALF *b) {
  for (int i = 0; i < 3; i++) {
    COMPLEXF z = cexpf(MAKEF(a[2 * i], a[2 * i + 1])) * MAKEF(b[2 * i], b[2 * i + 1]);
    b[2 * i] = RE(z);
    b[2 * i + 1] = IM(z) + cabsf(z);
  }
  REALF s = 0;
  for (int i = 0; i < 6; i++) s += b[i] * b[i];
  return s;
}
