// Halley's iteration for an inverse function, started by regions.
//! ret REAL
//! out REAL x = 0.5 | 8 | -0.3
#include "case.h"
static REAL lambert(REAL x) {
  REAL w = x < 0 ? x * (1 - x) : x < 3 ? log1p(x) : log(x) - log(log(x));
  for (int i = 0; i < 20; i++) {
    REAL e = exp(w), r = w * e - x, step = r / (e * (w + 1) - (w + 2) * r / (2 * w + 2));
    w -= step;
    if (fabs(step) < 1e-15 * (1 + fabs(w))) break;
  }
  return w;
}
REAL f(REAL x) { return lambert(x) * lambert(x * x + 0.1); }
