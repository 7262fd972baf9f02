// Two points carried along.
//! ret REAL
//! out REAL a = 0.3
#include "case.h"
REAL f(REAL a) {
  REAL x0 = 0.2, x1 = 1.0, f0 = cos(x0) - a * x0, f1;
  for (int i = 0; i < 5; i++) {
    f1 = cos(x1) - a * x1;
    REAL x2 = x1 - f1 * (x1 - x0) / (f1 - f0);
    x0 = x1;
    f0 = f1;
    x1 = x2;
  }
  return x1;
}
