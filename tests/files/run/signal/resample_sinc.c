// A signal read at places between its samples, with a windowed sinc; the places depend on the rate.
//! ret REAL
//! dup REAL x[12] = fill(-1, 1)
//! out REAL rate = 1.13
#include "case.h"
REAL f(const REAL *x, REAL rate) {
  REAL s = 0;
  for (int n = 0; n < 6; n++) {
    REAL at = 2.3 + n * rate, y = 0;
    int base = (int)floor(VALUE(at));
    for (int k = base - 2; k <= base + 3; k++) {
      if (k < 0 || k > 11) continue;
      REAL d = at - k, w = 0.5 + 0.5 * cos(3.141592653589793 * d / 3.5);
      y += x[k] * w * (fabs(d) < 1e-8 ? 1 + 0 * d : sin(3.141592653589793 * d) / (3.141592653589793 * d));
    }
    s += y * y;
  }
  return s;
}
