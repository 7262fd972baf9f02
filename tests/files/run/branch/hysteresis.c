// A switch with memory: on and off at different levels, with a count of its changes.
//! ret REAL
//! dup REAL x[12] = fill(-1, 1)
//! out REAL level = 0.3
#include "case.h"
REAL f(const REAL *x, REAL level) {
  int on = 0, changes = 0;
  REAL heat = 0, cost = 0;
  for (int t = 0; t < 12; t++) {
    heat = 0.7 * heat + x[t];
    if (on && heat < -level) on = 0, changes++;
    else if (!on && heat > level) on = 1, changes++;
    cost += on ? heat * heat : 0.2 * fabs(heat) + level * changes;
  }
  return cost;
}
