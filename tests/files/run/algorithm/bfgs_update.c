// Quasi-Newton steps with an inverse Hessian that is updated by outer products, line search by halving.
//! ret REAL
//! dup REAL t[3] = 0.5 -0.3 0.8
#include "case.h"
static REAL value(const REAL *x, const REAL *t, REAL *g) {
  REAL a = x[0] - t[0], b = x[1] - t[1] * x[0], c = x[2] - t[2];
  g[0] = 2 * a - 2 * t[1] * b + 0.4 * a * a * a, g[1] = 2 * b, g[2] = 4 * c;
  return a * a + b * b + 2 * c * c + 0.1 * a * a * a * a;
}
REAL f(const REAL *t) {
  REAL x[3] = {0, 0, 0}, H[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, g[3], y = value(x, t, g);
  for (int it = 0; it < 4; it++) {
    REAL d[3], slope = 0, step = 1, n[3], ng[3], ny, s[3], q[3], sq = 0, Hq[3], qHq = 0;
    for (int i = 0; i < 3; i++) d[i] = -(H[i][0] * g[0] + H[i][1] * g[1] + H[i][2] * g[2]);
    for (int i = 0; i < 3; i++) slope += d[i] * g[i];
    for (;;) {
      for (int i = 0; i < 3; i++) n[i] = x[i] + step * d[i];
      ny = value(n, t, ng);
      if (ny <= y + 1e-4 * step * slope || step < 1e-3) break;
      step *= 0.5;
    }
    for (int i = 0; i < 3; i++) s[i] = n[i] - x[i], q[i] = ng[i] - g[i], sq += s[i] * q[i];
    for (int i = 0; i < 3; i++) Hq[i] = H[i][0] * q[0] + H[i][1] * q[1] + H[i][2] * q[2];
    for (int i = 0; i < 3; i++) qHq += q[i] * Hq[i];
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++) H[i][j] += (1 + qHq / sq) * s[i] * s[j] / sq - (Hq[i] * s[j] + s[i] * Hq[j]) / sq;
    memcpy(x, n, sizeof x), memcpy(g, ng, sizeof g);
    y = ny;
  }
  return y + H[0][1] + x[0] * x[1] * x[2];
}
