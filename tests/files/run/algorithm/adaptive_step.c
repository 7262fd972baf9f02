// The step size depends on an error estimate; steps may be rejected.
//! ret REAL
//! out REAL y = 1.2
#include "case.h"
REAL f(REAL y) {
  REAL t = 0, h = 0.3;
  int tries = 0;
  while (t < 1.0 && tries++ < 100) {
    REAL full = y + h * sin(y);
    REAL half = y + 0.5 * h * sin(y);
    half = half + 0.5 * h * sin(half);
    REAL error = fabs(full - half);
    if (error > 0.01) {
      h = h * 0.5;
      continue;
    }
    y = half;
    t = t + h;
    if (error < 0.002) h = h * 1.5;
  }
  return y * t;
}
