// Kepler's equation by Newton inside a propagation of orbital elements to coordinates.
//! ret REAL
//! out REAL a = 1.3
//! out REAL e = 0.4 | 0.05
//! out REAL m = 1.1 | 2.8
#include "case.h"
static REAL eccentric(REAL m, REAL e) {
  REAL E = m;
  for (int i = 0; i < 30; i++) {
    REAL d = (E - e * sin(E) - m) / (1 - e * cos(E));
    E -= d;
    if (fabs(d) < 1e-15) break;
  }
  return E;
}
REAL f(REAL a, REAL e, REAL m) {
  REAL E = eccentric(m, e), x = a * (cos(E) - e), y = a * sqrt(1 - e * e) * sin(E);
  REAL E2 = eccentric(m + pow(a, -1.5), e);
  return x * y + hypot(x, y) * E2;
}
