// The length of a Catmull-Rom curve by Gauss quadrature on each piece, and a point at half of it by bisection.
//! ret REAL
//! dup REAL p[10] = 0 0 1 1.5 2 1 3 2.2 4 0.3
#include "case.h"
static void derivative(const REAL *p, int i, REAL t, REAL *d) {
  for (int k = 0; k < 2; k++) {
    REAL a = p[2 * i - 2 + k], b = p[2 * i + k], c = p[2 * i + 2 + k], e = p[2 * i + 4 + k];
    d[k] = 0.5 * ((c - a) + 2 * t * (2 * a - 5 * b + 4 * c - e) + 3 * t * t * (3 * b - a - 3 * c + e));
  }
}
static REAL length(const REAL *p, int i, REAL to) {
  static const double node[3] = {-0.7745966692414834, 0, 0.7745966692414834}, weight[3] = {5 / 9., 8 / 9., 5 / 9.};
  REAL s = 0, d[2];
  for (int g = 0; g < 3; g++) {
    derivative(p, i, to * (0.5 + 0.5 * node[g]), d);
    s += weight[g] * hypot(d[0], d[1]);
  }
  return 0.5 * to * s;
}
REAL f(const REAL *p) {
  REAL whole = length(p, 1, 1) + length(p, 2, 1), t = 0.5;
  for (int i = 0; i < 8; i++) {
    REAL d[2];
    derivative(p, 2, t, d);
    t -= (length(p, 1, 1) + length(p, 2, t) - 0.75 * whole) / hypot(d[0], d[1]);
  }
  return whole * t;
}
