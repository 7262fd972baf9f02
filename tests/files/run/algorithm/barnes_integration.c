// Radau-like collocation: two stages coupled by a fixed-point sweep inside each step.
//! ret REAL
//! out REAL lambda = 2
//! out REAL y0 = 0.7
#include "case.h"
REAL f(REAL lambda, REAL y0) {
  REAL y = y0, h = 0.2;
  for (int step = 0; step < 5; step++) {
    REAL k1 = -lambda * y, k2 = k1;
    for (int sweep = 0; sweep < 5; sweep++) {
      REAL y1 = y + h * (5.0 / 12 * k1 - 1.0 / 12 * k2), y2 = y + h * (0.75 * k1 + 0.25 * k2);
      k1 = -lambda * y1 + 0.1 * y1 * y1;
      k2 = -lambda * y2 + 0.1 * y2 * y2;
    }
    y += h * (0.75 * k1 + 0.25 * k2);
  }
  return y;
}
