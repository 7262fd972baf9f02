// Clamps, hinges, ramps and dead zones away from their corners, as nested choices.
//! ret REAL
//! dup REAL x[6] = -3 -0.7 -0.2 0.3 0.8 2.5
#include "case.h"
static REAL clamp(REAL v, REAL lo, REAL hi) { return v < lo ? lo : v > hi ? hi : v; }
static REAL dead_zone(REAL v, REAL w) { return v > w ? v - w : v < -w ? v + w : 0 * v; }
static REAL hinge(REAL v) { return v > 0 ? v : 0 * v; }
static REAL leaky(REAL v) { return (v > 0 ? 1.0 : 0.1) * v; }
REAL f(const REAL *x) {
  REAL s = 0;
  for (int i = 0; i < 6; i++) s += clamp(x[i], -1, 1) * dead_zone(x[i], 0.5) + hinge(1 - x[i]) * leaky(x[i]);
  return s;
}
